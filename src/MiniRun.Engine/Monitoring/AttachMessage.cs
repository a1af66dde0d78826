namespace MiniRun.Engine.Monitoring;

/// <summary>
/// What monitors and those who attach say to each other: one message a packet of the container's attach.sock, its kind in the first
/// byte, numbers little-endian behind it. Either may be of an older or newer minirun: kinds that are not known are skipped.
/// </summary>
internal enum AttachMessage : byte
{
    /// <summary>
    /// The first one, from a client: an <see cref="AttachedStreams"/> byte; of whoever starts the program also the size of its terminal, where it has
    /// one, as in <see cref="Size"/>.
    /// </summary>
    Attach = (byte)'A',

    /// <summary>From a client: bytes for the program's input.</summary>
    Input = (byte)'i',

    /// <summary>From a client: no more input will come.</summary>
    EndOfInput = (byte)'e',

    /// <summary>From a client: rows and columns of its terminal, 16 bits each.</summary>
    Size = (byte)'w',

    /// <summary>From a client: a signal's number for the program, 32 bits.</summary>
    Signal = (byte)'k',

    /// <summary>From a client: the program is about to be ended by hand, so it is not to be started again. Answered by the same.</summary>
    Stop = (byte)'q',

    /// <summary>The program runs: its pid on the host, 32 bits.</summary>
    Started = (byte)'s',

    /// <summary>It could not be started: docker's exit code, 32 bits, and the reason as text.</summary>
    Failed = (byte)'f',

    /// <summary>Bytes of the program's output, or terminal.</summary>
    Output = (byte)'o',

    /// <summary>Bytes of its error output.</summary>
    ErrorOutput = (byte)'E',

    /// <summary>It has ended: its exit status, 32 bits, and what the user should know of it as text.</summary>
    Ended = (byte)'x',
}
