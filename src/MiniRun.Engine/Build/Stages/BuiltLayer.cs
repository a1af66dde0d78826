using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Build.Stages;

/// <summary>A layer in the store: its compressed contents, and the digest of its tar.</summary>
public sealed record BuiltLayer(Descriptor Blob, Digest DiffId);
