using System.Text;

namespace MiniRun.Engine.Registries.Authentication;

/// <summary>A login at a registry: a name and a password, or an identity token (OAuth2's refresh token), which stands for both.</summary>
public sealed record RegistryCredential(string UserName, string Password)
{
    /// <summary>Docker's word for the user of an identity token.</summary>
    internal const string TokenUser = "<token>";

    /// <summary>Null where there is a password.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>RFC 7617's form, without the word "Basic".</summary>
    internal string Basic => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Password}"));

    /// <summary>Without its secrets: records print all their members.</summary>
    public override string ToString() => $"the login of {UserName}";
}
