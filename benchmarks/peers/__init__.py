"""Others that train the same networks, a file each, which offers `ready(task)`; `roster` lists them."""
