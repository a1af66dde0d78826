using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>Listens at linux.seccomp.listenerPath and answers every call it is asked about: mkdir with EDQUOT, all others with "go on".</summary>
internal sealed unsafe partial class SeccompAgent : IDisposable
{
    private const int MKDIR = 83;
    private const int MKDIRAT = 258;
    private const int EDQUOT = 122;
    private const nuint SECCOMP_IOCTL_NOTIF_RECV = 0xc0502100;
    private const nuint SECCOMP_IOCTL_NOTIF_SEND = 0xc0182101;

    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public SeccompAgent(string path)
    {
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    /// <summary>The messages that came, each with one descriptor.</summary>
    public ConcurrentQueue<string> Messages { get; } = [];

    /// <summary>Whether every connection was closed at the other end after its message, within two seconds.</summary>
    public bool ConnectionsClosed { get; private set; } = true;

    /// <summary>The numbers of the calls that were asked about.</summary>
    public ConcurrentQueue<int> Calls { get; } = [];

    public void Dispose() => socket.Dispose();

    private void Serve()
    {
        try
        {
            while (true)
            {
                using Socket connection = socket.Accept();
                int listener = Receive(connection);
                new Thread(() => Answer(listener)) { IsBackground = true }.Start();
                ConnectionsClosed &= Ends(connection);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Disposed, while it waited or before: the test is over.
        }
    }

    private static bool Ends(Socket connection)
    {
        const int Microseconds = 2_000_000;
        return connection.Poll(Microseconds, SelectMode.SelectRead) && connection.Receive(new byte[1]) == 0;
    }

    private int Receive(Socket connection)
    {
        byte[] text = new byte[65536];
        long* control = stackalloc long[8];
        fixed (byte* start = text)
        {
            nint* part = stackalloc nint[] { (nint)start, text.Length };
            nint* message = stackalloc nint[] { 0, 0, (nint)part, 1, (nint)control, 24, 0 };
            nint size = ReceiveMessage((int)connection.Handle, message, 0);
            Messages.Enqueue(Encoding.UTF8.GetString(text, 0, (int)size));
        }

        return (int)control[2];
    }

    private void Answer(int listener)
    {
        // struct seccomp_notif: id, pid, flags, then nr; struct seccomp_notif_resp: id, val, error, flags.
        ulong* asked = stackalloc ulong[10];
        ulong* answer = stackalloc ulong[3];
        while (true)
        {
            new Span<ulong>(asked, 10).Clear();
            if (Control(listener, SECCOMP_IOCTL_NOTIF_RECV, asked) != 0)
            {
                Close(listener);
                return;
            }

            int call = (int)asked[2];
            Calls.Enqueue(call);
            bool refuse = call is MKDIR or MKDIRAT;
            answer[0] = asked[0];
            answer[2] = refuse ? unchecked((uint)-EDQUOT) : 1UL << 32;
            Control(listener, SECCOMP_IOCTL_NOTIF_SEND, answer);
        }
    }

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ReceiveMessage(int socket, void* message, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int file, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
