namespace MiniRun.Linux;

/// <summary>A failure a user can act on. Its message is one line: the call, the object, the reason, the remedy. Everything else that is thrown is a bug.</summary>
public class MiniRunException : Exception
{
    public MiniRunException(string message)
        : base(message)
    {
    }

    public MiniRunException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
