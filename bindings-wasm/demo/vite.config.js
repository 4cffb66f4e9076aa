import { defineConfig } from "vite";

export default defineConfig({
  // From any path.
  base: "./",
  worker: { format: "es" },
  // The package and the example programme lie beside this folder.
  server: { fs: { allow: ["../.."] } },
  build: { target: "es2022" },
});
