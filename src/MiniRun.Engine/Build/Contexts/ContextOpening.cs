using System.Text;
using MiniRun.Engine.Build.Dockerfiles;
using MiniRun.Engine.Build.Patterns;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Contexts;

/// <summary>Opens the context of a build: a folder, an archive, or a Dockerfile alone on standard input.</summary>
public sealed class ContextOpening(ContextRequest request, string scratch)
{
    private const string Stdin = "-";
    private const string DefaultName = "Dockerfile";

    /// <summary>Opens it. An archive is unpacked into the scratch folder, which must be empty and is the caller's to remove.</summary>
    /// <exception cref="MiniRunException">It is not there, is no context, or its Dockerfile cannot be read.</exception>
    public BuildContext Open()
    {
        if (request.Location == Stdin)
        {
            return request.Dockerfile == Stdin
                ? throw new MiniRunException("invalid argument: can't use stdin for both build context and dockerfile")
                : FromStandardInput();
        }

        return FileStatus.Of(request.Location) switch
        {
            null when IsRemote(request.Location) => throw new MiniRunException($"building from {request.Location} is not supported: fetch it first, and give the folder"),
            null => throw new MiniRunException($"unable to prepare context: path \"{request.Location}\" not found"),
            { IsDirectory: true } => FromFolder(),
            _ => FromArchiveFile(),
        };
    }

    private BuildContext FromFolder()
    {
        FileDescriptor root = HostFile.OpenDirectory(request.Location);
        return Opened(root, () => request.Dockerfile switch
        {
            null => FromContext(root, null),
            Stdin => (DefaultName, ReadAll(request.StandardInput), null),
            { } path when FileStatus.Of(path) is { IsDirectory: false } => (path, HostFile.ReadText(path, DockerfileReader.MaxSize), BesideHostFile(path)),
            { } path => FromContext(root, path),
        });
    }

    private BuildContext FromStandardInput()
    {
        byte[] start = new byte[ArchiveMagic.Length];
        start = start[..request.StandardInput.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        var whole = new Layers.PrefixedStream(start, request.StandardInput);
        if (ArchiveMagic.IsArchive(start))
        {
            return FromArchive(whole);
        }

        string text = ReadAll(whole);
        return request.Dockerfile is null
            ? Opened(MakeFolder(), () => (DefaultName, text, null))
            : throw new MiniRunException("ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles");
    }

    private BuildContext FromArchiveFile()
    {
        using FileDescriptor file = HostFile.Open(request.Location, OpenFlags.O_RDONLY);
        byte[] start = new byte[ArchiveMagic.Length];
        start = start[..HostFile.ReadFully(file, start, request.Location)];
        using var rest = new DescriptorStream(file.Duplicate(), request.Location);
        return ArchiveMagic.IsArchive(start)
            ? FromArchive(new Layers.PrefixedStream(start, rest))
            : throw new MiniRunException($"unable to prepare context: {request.Location} is neither a folder nor a tar archive");
    }

    private BuildContext FromArchive(Stream archive)
    {
        FileDescriptor root = MakeFolder();
        return Opened(root, () =>
        {
            ContextArchive.Unpack(archive, root);
            return FromContext(root, request.Dockerfile == Stdin ? null : request.Dockerfile);
        });
    }

    private FileDescriptor MakeFolder()
    {
        HostDirectory.MakeAll(scratch);
        return HostFile.OpenDirectory(scratch);
    }

    /// <summary>A Dockerfile of the context, and the name of the ignore file that goes before .dockerignore.</summary>
    private static (string Name, string Text, string? Ignore) FromContext(FileDescriptor root, string? path)
    {
        foreach (string name in path is null ? (ReadOnlySpan<string>)[DefaultName, "dockerfile"] : [path])
        {
            if (ContextFile.TryRead(root, name, DockerfileReader.MaxSize) is { } text)
            {
                return (name, text, ContextFile.TryRead(root, $"{name}.dockerignore", IgnoreRules.MaxSize));
            }
        }

        throw new MiniRunException($"failed to read dockerfile: {path ?? DefaultName}: there is no such file{(path is null ? " in the build context; name it with -f" : "")}");
    }

    private static BuildContext Opened(FileDescriptor root, Func<(string Name, string Text, string? Ignore)> read)
    {
        try
        {
            (string name, string text, string? own) = read();
            string? rules = own ?? ContextFile.TryRead(root, ".dockerignore", IgnoreRules.MaxSize);
            IgnoreRules ignore = rules is null ? IgnoreRules.None : IgnoreRules.Read(own is null ? ".dockerignore" : $"{name}.dockerignore", rules);
            return new BuildContext(DockerfileReader.Read(name, text), root, ignore);
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }

    private static string? BesideHostFile(string path)
    {
        string ignore = $"{path}.dockerignore";
        return FileStatus.Of(ignore) is { IsRegular: true } ? HostFile.ReadText(ignore, IgnoreRules.MaxSize) : null;
    }

    private static string ReadAll(Stream stream)
    {
        byte[] text = new byte[DockerfileReader.MaxSize + 1];
        int length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        return length <= DockerfileReader.MaxSize
            ? Encoding.UTF8.GetString(text, 0, length)
            : throw new MiniRunException($"the Dockerfile on standard input is larger than {DockerfileReader.MaxSize} bytes");
    }

    private static bool IsRemote(string location) =>
        location.Contains("://", StringComparison.Ordinal) || location.StartsWith("git@", StringComparison.Ordinal) || location.StartsWith("github.com/", StringComparison.Ordinal);
}
