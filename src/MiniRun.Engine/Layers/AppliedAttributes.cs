using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>
/// Which extended attributes of a layer are set: file capabilities, access lists and the users' own. Never trusted.*, nor
/// user.overlay.*: overlayfs would take them for its own and follow a redirect that a stranger wrote. Labels of security
/// modules (security.selinux, security.ima) are the host's to give.
/// </summary>
internal static class AppliedAttributes
{
    /// <summary>Sets them on an open file or folder; answers how many were not.</summary>
    /// <exception cref="SyscallException">The kernel refused one for a reason that is neither permission nor the file system.</exception>
    internal static int Set(FileDescriptor file, IReadOnlyList<TarAttribute> attributes, string subject)
    {
        int dropped = 0;
        foreach (TarAttribute attribute in attributes)
        {
            if (!IsAllowed(attribute.Name))
            {
                dropped++;
                continue;
            }

            Errno error = FileMetadata.TrySetAttribute(file, attribute.Name, attribute.Value);
            if (error is Errno.EPERM or Errno.EOPNOTSUPP)
            {
                dropped++;
            }
            else if (error != 0)
            {
                throw new SyscallException("fsetxattr", $"{FolderEntry.Shown(attribute.Name)} of {subject}", error);
            }
        }

        return dropped;
    }

    /// <summary>Whether layers carry an attribute of this name.</summary>
    internal static bool IsAllowed(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("security.capability"u8)
        || name.SequenceEqual("system.posix_acl_access"u8)
        || name.SequenceEqual("system.posix_acl_default"u8)
        || (name.StartsWith("user."u8) && !name.StartsWith("user.overlay."u8));
}
