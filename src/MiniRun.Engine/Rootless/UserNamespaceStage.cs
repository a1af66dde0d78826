using MiniRun.Engine.Bundles;
using MiniRun.Engine.Lookups;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Rootless;

/// <summary>
/// Without root, the files of an image belong to the caller's subordinate ids, which only root of a user namespace that maps them
/// can make and remove. So such work is done by a program in one, as `buildah unshare` has it.
/// </summary>
public static class UserNamespaceStage
{
    private const string Enter = "nsenter";

    /// <summary>Whether the caller is not root and has ids to map. A caller without any has one id for all files, and needs no stage.</summary>
    /// <exception cref="MiniRunException">This host allows no user namespaces.</exception>
    public static bool IsWanted() => CurrentProcess.EffectiveUid != 0 && CallerLookup.Read(NamespaceChoice.Private).SubordinateUids is not null;

    /// <summary>Runs minirun itself on the stage, with the caller's folders; returns its exit status.</summary>
    /// <param name="words">Its command line.</param>
    /// <param name="data">Where images and containers are.</param>
    /// <param name="stateRoot">Where the state of running containers is.</param>
    /// <exception cref="MiniRunException">The stage cannot be made.</exception>
    public static int RunMiniRun(IReadOnlyList<string> words, DataRoot data, string stateRoot) =>
        // Entering a mount namespace leaves the caller in its root.
        Run(["env", $"--chdir={Environment.CurrentDirectory}", $"MINIRUN_DATA={data.Folder}", $"MINIRUN_STATE={stateRoot}", Environment.ProcessPath!, .. words]);

    /// <summary>Removes a tree, whoever its files belong to.</summary>
    /// <exception cref="MiniRunException">The stage cannot be made, or rm fails; what it says of it is on stderr.</exception>
    public static void Remove(string path)
    {
        int status = Run(["rm", "-rf", "--one-file-system", "--", path]);
        if (status != 0)
        {
            throw new MiniRunException($"rm -rf {path}, as root of a user namespace: exit status {status}");
        }
    }

    private static int Run(IReadOnlyList<string> command)
    {
        UserMappings mappings = UserMappings.Of(NamespaceChoice.Private, CallerLookup.Read(NamespaceChoice.Private));
        using HolderProcess holder = HolderProcess.Start(NamespaceFlags.CLONE_NEWUSER | NamespaceFlags.CLONE_NEWNS);
        UserMappingWriter.WriteByHelpers(holder.Pid, mappings.Uids, mappings.Gids);
        try
        {
            return HelperProgram.Run(Enter, [Enter, $"--user=/proc/{holder.Pid}/ns/user", $"--mount=/proc/{holder.Pid}/ns/mnt", "--", .. command]);
        }
        catch (SyscallException missing) when (missing.Errno == Errno.ENOENT)
        {
            throw new MiniRunException($"{Enter} is not installed, and without root it takes images' files to their owners: install util-linux, or run minirun as root", missing);
        }
    }
}
