using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>No answer came: the host was not reached, does not speak as it should, or has broken off.</summary>
internal sealed class ConnectionException : MiniRunException
{
    internal ConnectionException(string message, Exception inner)
        : base(message, inner)
    {
    }

    internal ConnectionException(string message)
        : base(message)
    {
    }

    /// <summary>Whether it may go better the next time.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Whether plain HTTP could work where HTTPS did not.</summary>
    internal bool MayBePlain { get; init; }
}
