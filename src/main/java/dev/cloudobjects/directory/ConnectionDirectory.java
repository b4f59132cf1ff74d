package dev.cloudobjects.directory;

/**
 * The table of connections that are online. The truth about a node's own connections is its memory; this is the view
 * of the cluster and of operators. An adapter has all three parts of it; whoever uses it asks for the part that he needs.
 */
public interface ConnectionDirectory extends DirectoryCommands, DirectoryQueries, DirectoryLeases {}
