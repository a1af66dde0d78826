using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Copying;

/// <summary>
/// A hash of all that a copy would bring along, for the layer cache: names, types, modes, owners, contents, links and file
/// capabilities. Times do not count, as with docker: a fresh checkout has the same files.
/// </summary>
internal sealed class TreeDigest : ITreeVisitor, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly bool _owners;

    /// <param name="owners">Whether the sources' owners count: they do where the copy keeps them.</param>
    internal TreeDigest(bool owners)
    {
        _owners = owners;
    }

    public void Enter(SourceEntry folder)
    {
        Add(folder.Path, folder.Status);
        using FileDescriptor? opened = FolderEntry.TryOpen(folder.Folder, folder.Name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out _);
        AddAttributes(opened, folder.Path);
    }

    public void Leave(SourceEntry folder)
    {
    }

    public void Visit(SourceEntry entry)
    {
        Add(entry.Path, entry.Status);
        if (entry.Status.IsSymbolicLink)
        {
            AddBytes(FolderEntry.ReadLink(entry.Folder, entry.Name));
        }
        else if (entry.Status.IsRegular)
        {
            AddFile(entry);
        }
    }

    /// <summary>A text that the copy depends on.</summary>
    internal void Add(string text) => AddBytes(Encoding.UTF8.GetBytes(text));

    internal string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Add(string path, FileStatus status)
    {
        Add(path);
        AddNumber(status.Mode);
        AddNumber(status.IsRegular || status.IsDirectory || status.IsSymbolicLink ? 0 : ((ulong)status.NodeMajor << 32) | status.NodeMinor);
        AddNumber(_owners ? ((ulong)status.Uid << 32) | status.Gid : 0);
    }

    private void AddFile(SourceEntry entry)
    {
        using FileDescriptor file = FolderEntry.TryOpen(entry.Folder, entry.Name, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK, out Errno error)
            ?? throw new SyscallException("openat", entry.Path, error);
        AddAttributes(file, entry.Path);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        ulong length = 0;
        for (int count = HostFile.Read(file, buffer, entry.Path); count > 0; count = HostFile.Read(file, buffer, entry.Path))
        {
            _hash.AppendData(buffer.AsSpan(0, count));
            length += (uint)count;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        AddNumber(length);
    }

    private void AddAttributes(FileDescriptor? file, string path)
    {
        byte[]? capability = file is null ? null : FileMetadata.Attribute(file, "security.capability"u8);
        AddBytes(capability ?? []);
        AddBytes(file is null ? [] : FileMetadata.AttributeNames(file, path));
    }

    internal void AddBytes(ReadOnlySpan<byte> bytes)
    {
        AddNumber((ulong)bytes.Length);
        _hash.AppendData(bytes);
    }

    private void AddNumber(ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
