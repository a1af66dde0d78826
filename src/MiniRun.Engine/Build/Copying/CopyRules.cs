namespace MiniRun.Engine.Build.Copying;

/// <summary>What copied files get that their sources do not say.</summary>
/// <param name="Owner">Null keeps the source's owner and group.</param>
/// <param name="Mode">--chmod; null keeps the source's mode.</param>
internal sealed record CopyRules((uint Uid, uint Gid)? Owner, uint? Mode);
