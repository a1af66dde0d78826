using MiniRun.Linux;

namespace MiniRun.Engine.Build.Copying;

/// <summary>Where copies go: docker's rules of COPY's destination.</summary>
/// <param name="Path">From the image's root, without a slash at its end.</param>
/// <param name="IsFolder">Whether it must be a folder into which sources go by their names.</param>
internal readonly record struct CopyPlan(string Path, bool IsFolder)
{
    /// <param name="destination">As written, variables replaced; relative to the working directory.</param>
    /// <param name="sources">How many files and folders are copied.</param>
    /// <exception cref="MiniRunException">Several sources, and the destination is not written as a folder.</exception>
    internal static CopyPlan Of(string destination, string workingDirectory, int sources)
    {
        string path = destination.StartsWith('/') ? destination : $"{workingDirectory.TrimEnd('/')}/{destination}";
        bool folder = destination.EndsWith('/') || destination is "" or "." || destination.EndsWith("/.", StringComparison.Ordinal);
        return sources <= 1 || folder
            ? new CopyPlan(path.TrimEnd('/'), folder)
            : throw new MiniRunException($"when using COPY or ADD with more than one source file, the destination must be a directory and end with a /: {destination}");
    }
}
