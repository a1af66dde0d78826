using MiniRun.Engine.Build.Copying;
using MiniRun.Engine.Build.Dockerfiles;
using MiniRun.Engine.Build.Patterns;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Contexts;

/// <summary>What a build begins with: a Dockerfile, and the files that it may copy. Disposing it closes the files' root.</summary>
public sealed class BuildContext(Dockerfile dockerfile, FileDescriptor root, IgnoreRules ignore) : IDisposable
{
    public Dockerfile Dockerfile => dockerfile;

    public CopySource Files { get; } = new(root, "the build context", ignore, KeepsOwners: false);

    public void Dispose() => root.Dispose();
}
