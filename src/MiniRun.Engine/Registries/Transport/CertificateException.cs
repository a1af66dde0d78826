using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>A host's certificate is not one to trust. Thrown in the TLS stack's callback, which hands it on inside its own exception.</summary>
internal sealed class CertificateException(string message) : MiniRunException(message);
