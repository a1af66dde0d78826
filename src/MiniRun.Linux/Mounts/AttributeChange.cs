namespace MiniRun.Linux.Mounts;

/// <summary>What several option words together change of a mount's attributes, the later word winning, as mount_setattr takes it.</summary>
public readonly record struct AttributeChange(ulong Set, ulong Clear)
{
    public bool IsEmpty => Set == 0 && Clear == 0;

    /// <summary>This change, then an option's.</summary>
    public AttributeChange With(MountOption option)
    {
        ulong set = (Set & ~option.Clear) | option.Set;
        // Setting takes a clearing back, except of the access-time mask, which has to be cleared whole for any of its values.
        ulong clear = (Clear & ~(option.Set & ~MountFlags.MOUNT_ATTR__ATIME)) | option.Clear;
        return new AttributeChange(set, clear);
    }
}
