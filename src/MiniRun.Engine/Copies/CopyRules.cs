using MiniRun.Linux;

namespace MiniRun.Engine.Copies;

/// <summary>docker's rules of where a copy goes (docs.docker.com/reference/cli/docker/container/cp), as its PrepareArchiveCopy has them. Pure.</summary>
public static class CopyRules
{
    /// <summary>Decides it.</summary>
    /// <exception cref="MiniRunException">What is copied cannot become what the destination is.</exception>
    public static CopyTarget Target(CopyPlace source, CopyPlace destination)
    {
        if (destination is { Exists: true, IsFolder: true })
        {
            return new CopyTarget(true, CopyPath.Base(source.Path));
        }

        if (destination.Exists && CopyPath.AssertsFolder(destination.Path))
        {
            throw new MiniRunException($"{destination.Path}: not a directory");
        }

        if (destination.Exists && source.IsFolder)
        {
            throw new MiniRunException($"cannot copy directory: {destination.Path} is a file");
        }

        if (!destination.Exists && !source.IsFolder && CopyPath.AssertsFolder(destination.Path))
        {
            throw new MiniRunException($"{destination.Path}: no such directory");
        }

        // A file takes the destination's name, a folder's contents too: "new/." is as good as "new".
        return new CopyTarget(false, CopyPath.Base(CopyPath.Clean(destination.Path)));
    }
}
