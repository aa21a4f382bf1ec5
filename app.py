from demo.server import serve

serve()
