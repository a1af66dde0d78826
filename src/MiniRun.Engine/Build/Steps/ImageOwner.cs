using MiniRun.Linux;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Users;

namespace MiniRun.Engine.Build.Steps;

/// <summary>Whom files of an image are given to, by the image's own passwd and group.</summary>
internal static class ImageOwner
{
    /// <summary>"user" or "user:group", by number or name; a user's number alone is the group's too, as docker has it.</summary>
    /// <exception cref="MiniRunException">There is no such user or group in the image.</exception>
    internal static (uint Uid, uint Gid) Find(FileDescriptor image, string owner)
    {
        UserIdentity identity = UserDatabase.Read(image).Resolve(owner);
        return (identity.Uid, NumericId.LooksNumeric(owner) ? identity.Uid : identity.Gid);
    }
}
