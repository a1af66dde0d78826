using MiniRun.Engine.Layers;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Build.Steps;

/// <summary>The root of one step: the stage's layers as they are, and on top an empty folder that gets what the step changes.</summary>
internal sealed class StepRoot
{
    private const uint Traversable = 0x1ed; // 0755: "/" of an image that has no layer yet

    private readonly string _folder;

    private StepRoot(IReadOnlyList<string> lower, string folder)
    {
        _folder = folder;
        Lower = lower;
        Upper = $"{folder}/upper";
        Work = $"{folder}/work";
    }

    /// <summary>The layers' folders, topmost first.</summary>
    internal IReadOnlyList<string> Lower { get; }

    internal string Upper { get; }

    internal string Work { get; }

    /// <summary>What a container has made there to mount on; null where none ran.</summary>
    internal MountStubs? Stubs { get; set; }

    /// <summary>Makes the folders below an empty one, which is the caller's to remove.</summary>
    /// <param name="layers">Topmost first; none for an image from scratch.</param>
    internal static StepRoot Make(string folder, IReadOnlyList<string> layers)
    {
        HostDirectory.Make(folder);
        if (layers.Count == 0)
        {
            MakeTraversable($"{folder}/empty");
            layers = [$"{folder}/empty"];
        }

        var root = new StepRoot(layers, folder);
        MakeTraversable(root.Upper);
        FileStatus below = FileStatus.Of(layers[0])!.Value;
        // The mode and owner of "/" inside are those of the upper folder.
        HostDirectory.ChangeMode(root.Upper, below.Mode & FileModes.PermissionBits);
        HostDirectory.ChangeOwner(root.Upper, below.Uid, below.Gid);
        HostDirectory.Make(root.Work);
        return root;
    }

    /// <summary>The root by descriptor, seen by nobody else; closed before anything else mounts these folders.</summary>
    internal FileDescriptor Open() => HostOverlay.Mount(Lower, Upper, Work);

    /// <summary>Removes the folders, as far as the end of the build does not have to do it.</summary>
    internal void Remove() => TreeRemoval.Remove(_folder);

    private static void MakeTraversable(string path)
    {
        HostDirectory.Make(path, Traversable);
        HostDirectory.ChangeMode(path, Traversable);
    }
}
