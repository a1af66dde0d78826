using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Seccomp;

/// <summary>
/// Keeps compiled filters, since libseccomp needs milliseconds for a profile of 400 calls. An entry is used only if it is
/// ours alone, intact and made from exactly the same rules by the same minirun and libseccomp; otherwise the filter is
/// compiled anew. Trouble with the cache never fails a start and never loads a wrong filter.
/// </summary>
public sealed class SeccompCache
{
    private const uint FolderMode = 0x1c0;
    private const uint OthersBits = 0x3f;
    private const int MostEntries = 128;

    private readonly string _folder;
    private readonly string _buildId;

    /// <param name="folder">Where the entries lie; made (0700) when the first is written.</param>
    /// <param name="buildId">What tells this build of minirun from others.</param>
    public SeccompCache(string folder, string buildId)
    {
        _folder = folder;
        _buildId = buildId;
    }

    /// <summary>The profile's struct sock_filter[], from the cache or compiled now.</summary>
    /// <exception cref="MiniRunException">The profile cannot be compiled (<see cref="SeccompCompiler.Compile(SeccompProfile)"/>).</exception>
    public byte[] Get(SeccompProfile profile) => Get(profile, out _);

    /// <summary>As <see cref="Get(SeccompProfile)"/>, saying whether the cache had it.</summary>
    public byte[] Get(SeccompProfile profile, out bool cached)
    {
        ResolvedFilter filter = ResolvedFilter.From(profile);
        CacheKey key = CacheKey.Of(filter, SeccompCompiler.LibraryVersion(), _buildId);
        string name = key.FileName();
        byte[]? program = TryRead(name, key.Bytes);
        cached = program is not null;
        if (program is null)
        {
            program = SeccompCompiler.Compile(filter);
            TryWrite(name, CacheEntry.Encode(key.Bytes, program));
        }

        return program;
    }

    private byte[]? TryRead(string name, ReadOnlySpan<byte> key)
    {
        using FileDescriptor? folder = TryOpenFolder();
        if (folder is null)
        {
            return null;
        }

        using FileDescriptor? file = HostFile.TryOpenAt(folder, name, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK, 0, out _);
        if (file is null)
        {
            return null;
        }

        try
        {
            FileStatus status = FileStatus.Of(file, name);
            if (!status.IsRegular || !IsOursAlone(status) || status.Size > CacheEntry.LargestEntry)
            {
                return null;
            }

            byte[] entry = new byte[status.Size];
            return HostFile.ReadFully(file, entry, name) == entry.Length ? CacheEntry.Decode(entry, key) : null;
        }
        catch (SyscallException)
        {
            return null;
        }
    }

    private void TryWrite(string name, byte[] entry)
    {
        if (entry.Length > CacheEntry.LargestEntry)
        {
            return;
        }

        try
        {
            HostDirectory.MakeAll(_folder, FolderMode);
            using FileDescriptor? folder = TryOpenFolder();
            if (folder is not null)
            {
                MakeRoom(folder);
                FileReplacement.Write(folder, name, entry);
            }
        }
        catch (SyscallException)
        {
            // A full or read-only disk only costs time: the next start compiles again.
        }
    }

    private FileDescriptor? TryOpenFolder()
    {
        FileDescriptor? folder = HostFile.TryOpen(_folder, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, out _);
        if (folder is not null && !IsOursAlone(FileStatus.Of(folder, _folder)))
        {
            folder.Dispose();
            return null;
        }

        return folder;
    }

    /// <summary>Profiles and builds come and go; beyond a number of entries all go.</summary>
    private void MakeRoom(FileDescriptor folder)
    {
        IReadOnlyList<string> names = HostDirectory.List(folder, _folder);
        if (names.Count < MostEntries)
        {
            return;
        }

        foreach (string name in names)
        {
            HostDirectory.RemoveFile(folder, name);
        }
    }

    private static bool IsOursAlone(FileStatus status) => status.Uid == Libc.geteuid() && (status.Mode & OthersBits) == 0;
}
