using MiniRun.Engine.Layers;
using MiniRun.Engine.Options;
using MiniRun.Engine.Rootless;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Volumes;

/// <summary>
/// An empty volume begins with what the image has at its place: files, owners, modes. Of several containers that find it empty one fills
/// it, and the others wait; a filling that was killed is seen by its mark, and done again.
/// </summary>
public sealed class VolumeFilling(DataRoot data)
{
    /// <summary>The hidden command by which minirun does this for itself in a user namespace.</summary>
    public const string StageCommand = "fill-volume";

    private const string LockName = "filling.lock";
    private const string Mark = "filling";

    private readonly VolumeStore _store = new(data);

    /// <summary>Fills a volume, if it is empty and the image has a folder at its place.</summary>
    /// <param name="name">The volume.</param>
    /// <param name="files">Its folder on the host, absolute.</param>
    /// <param name="destination">The path in the image; it is followed inside of that.</param>
    /// <param name="layers">The image's folders, topmost first.</param>
    /// <exception cref="MiniRunException">The image has a file there, or a kernel call failed.</exception>
    public void Fill(VolumeName name, string files, string destination, IReadOnlyList<string> layers)
    {
        if (UserNamespaceStage.IsWanted())
        {
            // Only root of a namespace that maps their ids can give files to them.
            int status = UserNamespaceStage.RunMiniRun([StageCommand, "--", name.Value, files, destination, .. layers], data, "");
            if (status != 0)
            {
                throw new MiniRunException($"volume {name} could not be filled with the image's {destination}, see above: mount it with nocopy (-v {name}:{destination}:nocopy)");
            }

            return;
        }

        using FileDescriptor volume = HostFile.OpenDirectory(_store.FolderOf(name));
        using FileLock alone = FileLock.Take(volume, LockName);
        using FileDescriptor target = OpenFiles(name, files);
        bool wasKilled = FileStatus.OfEntry(volume, Mark) is not null;
        if (wasKilled || HostDirectory.List(target, files).Count == 0)
        {
            using LayeredFiles image = LayeredFiles.Open(layers);
            Fill(volume, target, image, destination);
        }
    }

    /// <summary>A folder that the volume's options name was found before; no link that has appeared since is followed.</summary>
    private FileDescriptor OpenFiles(VolumeName name, string files)
    {
        if (files == _store.FilesOf(name))
        {
            return HostFile.OpenDirectory(files);
        }

        using FileDescriptor folder = ResolvedPath.Open(files);
        return HostFile.OpenAt(folder, ".", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
    }

    private static void Fill(FileDescriptor volume, FileDescriptor target, LayeredFiles image, string destination)
    {
        using MergedFolder? source = image.Find(destination, out FileDescriptor? file);
        using (file)
        {
            if (file is not null)
            {
                throw new MiniRunException($"cannot mount volume over existing file, file exists {destination}");
            }
        }

        if (source is null)
        {
            return;
        }

        FileReplacement.Write(volume, Mark, []);
        LayeredCopy.Copy(source, target, destination);
        Faults.Point(FaultPoint.VolumeFilling);
        HostDirectory.RemoveFile(volume, Mark);
    }
}
