using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>Whether one host's certificate is to be trusted: by the machine's authorities, or by those that certs.d names for this host.</summary>
internal sealed class CertificateCheck(string authority, bool isInsecure, X509Certificate2Collection own)
{
    /// <summary>The TLS stack's callback.</summary>
    /// <exception cref="CertificateException">It is not to be trusted; the message is for the user.</exception>
    internal bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None || isInsecure)
        {
            return true;
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            throw Refused("is for another host name", "use the name it was made for");
        }

        return certificate is X509Certificate2 shown && IsVouchedFor(shown, chain)
            ? true
            : throw Refused(Reason(chain), $"put its authority's certificate into /etc/minirun/certs.d/{authority}/ca.crt, or list {authority} under \"insecure\" in registries.json");
    }

    private bool IsVouchedFor(X509Certificate2 shown, X509Chain? sent)
    {
        if (own.Count == 0)
        {
            return false;
        }

        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(own);
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1")); // serverAuth (RFC 5280, 4.2.1.12)
        if (sent is not null)
        {
            // What the host has sent between its certificate and the authority.
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        return chain.Build(shown);
    }

    private CertificateException Refused(string reason, string remedy) => new($"registry {authority}: its certificate {reason}: {remedy}");

    private static string Reason(X509Chain? chain)
    {
        X509ChainStatusFlags flags = X509ChainStatusFlags.NoError;
        foreach (X509ChainStatus status in chain?.ChainStatus ?? [])
        {
            flags |= status.Status;
        }

        return flags.HasFlag(X509ChainStatusFlags.NotTimeValid) ? "has expired, or is not valid yet (is this machine's clock right?)"
            : flags.HasFlag(X509ChainStatusFlags.Revoked) ? "was revoked"
            : (flags & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0 ? "was signed by an authority that this machine does not know"
            : flags == X509ChainStatusFlags.NoError ? "is missing"
            : $"is not valid ({flags})";
    }
}
