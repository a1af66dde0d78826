using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>A registry wants a login, or another one.</summary>
internal sealed class RefusedException(string message) : MiniRunException(message);
