"""What `./run` does: start, prove, test and check the project. Standard library only."""
