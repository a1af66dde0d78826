namespace MiniRun.Linux.DBus;

/// <summary>The second byte of a message.</summary>
public enum MessageType : byte
{
    Call = 1,
    Reply = 2,
    Error = 3,
    Signal = 4,
}
