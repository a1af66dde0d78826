using System.Text;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Linux;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Registries.Credentials;

/// <summary>A program that keeps logins, docker-credential-NAME (docker-credential-helpers' protocol: the verb as argument, JSON or the key on standard input).</summary>
internal sealed class CredentialHelper
{
    private const int MaxAnswer = 64 << 10;

    // All of it must fit a pipe at once.
    private const int MaxInput = 32 << 10;

    private const string NotFound = "credentials not found";

    private readonly string _name;
    private readonly string _path;

    /// <param name="suffix">What follows docker-credential-.</param>
    /// <param name="searchPath">PATH.</param>
    /// <exception cref="MiniRunException">There is no such program.</exception>
    internal CredentialHelper(string suffix, string searchPath)
    {
        _name = $"docker-credential-{suffix}";
        _path = ProgramSearch.Find(_name, searchPath)
            ?? throw new MiniRunException($"docker's configuration says that {OneLine.Of(_name)} keeps logins, and there is no such program in PATH: install it, or take credsStore and credHelpers out of config.json");
    }

    /// <summary>The login of a key; null where the helper has none.</summary>
    /// <exception cref="MiniRunException">The helper failed.</exception>
    internal RegistryCredential? Get(string key)
    {
        HelperAnswer answer = Run("get", Encoding.UTF8.GetBytes(key));
        string text = Encoding.UTF8.GetString(answer.Output).Trim();
        if (answer.Status != 0)
        {
            return text.Contains(NotFound, StringComparison.OrdinalIgnoreCase) ? null : throw Failed("get", answer.Status, text);
        }

        return JsonFields.Parse(answer.Output, $"the answer of {_name}", "a login", json => Login(json.RequiredText("Username"), json.RequiredText("Secret")));
    }

    /// <summary>Keeps a login.</summary>
    /// <exception cref="MiniRunException">The helper failed.</exception>
    internal void Store(string key, RegistryCredential credential) => Do("store", DocumentWriter.Document(json =>
    {
        json.WriteString("ServerURL"u8, key);
        json.WriteString("Username"u8, credential.IdentityToken is null ? credential.UserName : RegistryCredential.TokenUser);
        json.WriteString("Secret"u8, credential.IdentityToken ?? credential.Password);
    }));

    /// <summary>Forgets a login; one that is not there is none to forget.</summary>
    /// <exception cref="MiniRunException">The helper failed.</exception>
    internal void Erase(string key) => Do("erase", Encoding.UTF8.GetBytes(key));

    private static RegistryCredential Login(string user, string secret) =>
        user == RegistryCredential.TokenUser ? new RegistryCredential("", "") { IdentityToken = secret } : new RegistryCredential(user, secret);

    private void Do(string verb, byte[] input)
    {
        HelperAnswer answer = Run(verb, input);
        string text = Encoding.UTF8.GetString(answer.Output).Trim();
        if (answer.Status != 0 && !text.Contains(NotFound, StringComparison.OrdinalIgnoreCase))
        {
            throw Failed(verb, answer.Status, text);
        }
    }

    private HelperAnswer Run(string verb, byte[] input) => input.Length <= MaxInput
        ? HelperProgram.Converse(_path, [_name, verb], input, MaxAnswer)
        : throw new MiniRunException($"{_name} {verb}: the login is longer than {MaxInput} bytes");

    private MiniRunException Failed(string verb, int status, string text) =>
        new($"{_name} {verb}: exit status {status}: {OneLine.Of(text[..Math.Min(text.Length, 200)])}");
}
