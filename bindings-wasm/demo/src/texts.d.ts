/** Files that become texts of the page. */
declare module "*?raw" {
  const text: string;
  export default text;
}
