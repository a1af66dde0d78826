using MiniRun.Engine.Build.Patterns;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Copying;

/// <summary>Where COPY takes files from: the context, a stage or an image.</summary>
/// <param name="Root">Nothing outside of it is reached.</param>
/// <param name="Name">As errors call it: "the build context".</param>
/// <param name="KeepsOwners">Whether files keep their owners; those of a context become root's.</param>
public sealed record CopySource(FileDescriptor Root, string Name, IgnoreRules Ignore, bool KeepsOwners);
