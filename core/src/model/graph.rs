//! A relation as a graph that petgraph's algorithms read where it lies: nothing is copied.

use std::fmt;
use std::iter::Copied;
use std::ops::Range;
use std::slice::Iter;

use petgraph::Direction;
use petgraph::visit::{
    GraphBase, GraphRef, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, NodeCount,
    NodeIndexable, VisitMap, Visitable,
};

use super::{Element, ElementIdx, Model};
use crate::index::{BitSet, Index};
use crate::metamodel::RelationIdx;

/// The elements of a model and one relation between them, over all links that are recorded.
///
/// It implements the traits of [`petgraph::visit`].
///
/// ```
/// use petgraph::algo::toposort;
/// use spelregel::{Metamodel, Model, Source};
/// let model = Model::load(&Metamodel::standard(), [Source::new("plan.yaml", "
/// spelregel: 1
/// projects:
///   - id: move
///     name: Move house
///     depends_on: build
///   - id: build
///     name: Build the house
/// ")])?;
/// let graph = model.graph("depends_on").ok_or("no such relation")?;
/// let order = toposort(graph, None).map_err(|_| "a circle")?;
/// let order: Vec<&str> = order.iter().map(|node| graph.element(*node).id()).collect();
/// assert_eq!(order, ["move", "build"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Graph<'m> {
    model: &'m Model,
    relation: RelationIdx,
    inverse: bool,
}

/// An element as a node of a [`Graph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node(ElementIdx);

/// Nodes that were visited.
#[derive(Debug, Clone)]
pub struct Visited(BitSet);

impl Model {
    /// A relation as a graph, or its inverse; `None` where no relation has the name.
    pub fn graph(&self, relation: &str) -> Option<Graph<'_>> {
        let names = &self.0.metamodel.0.relations_by_name;
        let (relation, inverse) = names.get(relation).copied()?;
        Some(Graph { model: self, relation, inverse })
    }
}

impl<'m> Graph<'m> {
    /// The element that a node stands for.
    pub fn element(&self, node: Node) -> Element<'m> {
        self.model.element_at(node.0)
    }

    /// The node of the element with an id.
    pub fn node(&self, id: &str) -> Option<Node> {
        self.model.0.find(id).map(Node)
    }
}

impl fmt::Debug for Graph<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph").field("model", self.model).finish_non_exhaustive()
    }
}

/// The nodes that one leads to.
#[derive(Debug, Clone)]
pub struct Neighbors<'m>(Copied<Iter<'m, ElementIdx>>);

impl Iterator for Neighbors<'_> {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        self.0.next().map(Node)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// The nodes of a graph, in model order.
#[derive(Debug, Clone)]
pub struct Nodes(Range<usize>);

impl Iterator for Nodes {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        self.0.next().map(|place| Node(ElementIdx::from_usize(place)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl GraphBase for Graph<'_> {
    type NodeId = Node;
    type EdgeId = (Node, Node);
}

impl GraphRef for Graph<'_> {}

impl<'m> IntoNeighbors for Graph<'m> {
    type Neighbors = Neighbors<'m>;

    fn neighbors(self, node: Node) -> Neighbors<'m> {
        self.neighbors_directed(node, Direction::Outgoing)
    }
}

impl<'m> IntoNeighborsDirected for Graph<'m> {
    type NeighborsDirected = Neighbors<'m>;

    fn neighbors_directed(self, node: Node, direction: Direction) -> Neighbors<'m> {
        let back = direction == Direction::Incoming;
        let links = self.model.adjacency(self.relation, self.inverse != back);
        Neighbors(links.of(node.0).iter().copied())
    }
}

impl IntoNodeIdentifiers for Graph<'_> {
    type NodeIdentifiers = Nodes;

    fn node_identifiers(self) -> Nodes {
        Nodes(0..self.node_bound())
    }
}

impl NodeCount for Graph<'_> {
    fn node_count(&self) -> usize {
        self.model.element_count()
    }
}

impl NodeIndexable for Graph<'_> {
    fn node_bound(&self) -> usize {
        self.model.element_count()
    }

    fn to_index(&self, node: Node) -> usize {
        node.0.to_usize()
    }

    fn from_index(&self, index: usize) -> Node {
        Node(ElementIdx::from_usize(index))
    }
}

impl Visitable for Graph<'_> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(BitSet::new(self.node_bound()))
    }

    fn reset_map(&self, map: &mut Visited) {
        *map = self.visit_map();
    }
}

impl VisitMap<Node> for Visited {
    fn visit(&mut self, node: Node) -> bool {
        let is_new = !self.0.contains(node.0.to_usize());
        self.0.insert(node.0.to_usize());
        is_new
    }

    fn is_visited(&self, node: &Node) -> bool {
        self.0.contains(node.0.to_usize())
    }

    fn unvisit(&mut self, node: Node) -> bool {
        let was_visited = self.is_visited(&node);
        self.0.remove(node.0.to_usize());
        was_visited
    }
}
