from socket import *
from time import ctime

PLACE = ('127.0.0.1', 8050)
LIMIT = 1024

door = socket(AF_INET, SOCK_STREAM)
door.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
door.bind(PLACE)
door.listen(5)

while True:
    print('waiting for somebody...')
    guest, where = door.accept()
    print('...connected from:', where)
    while True:
        said = guest.recv(LIMIT)
        if not said:
            break
        guest.send('[%s] %s' % (ctime(), said))

door.close()
