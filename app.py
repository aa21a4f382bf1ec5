from demo.main import serve

serve()
