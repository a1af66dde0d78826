using MiniRun.Linux;

namespace MiniRun.Engine.Build.Dockerfiles.Source;

/// <summary>Something in a Dockerfile that cannot be read or built: the message begins with "NAME:LINE: ".</summary>
public sealed class DockerfileException : MiniRunException
{
    public DockerfileException(string message, string excerpt)
        : base(message)
    {
        Excerpt = excerpt;
    }

    public DockerfileException(string message, string excerpt, MiniRunException cause)
        : base(message, cause)
    {
        Excerpt = excerpt;
    }

    /// <summary>The source line and, below it, a caret under the offending word.</summary>
    public string Excerpt { get; }
}
