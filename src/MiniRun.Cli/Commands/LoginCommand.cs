using System.CommandLine;
using System.Text;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.Prompts;
using MiniRun.Engine.Registries;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Registries.Credentials;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun login`.</summary>
internal static class LoginCommand
{
    internal const string Summary = "Log in to a registry";

    private const int MaxPassword = 64 << 10;

    internal static CommandDefinition Define()
    {
        Option<string?> user = Value("--username", "NAME", "User name (default: asked for)", "-u");
        Option<string?> password = Value("--password", "PASSWORD", "Password or access token (other users may see it in the list of processes)", "-p");
        Option<bool> fromInput = Switch("--password-stdin", "Read the password from standard input");
        var server = new Argument<string?>("SERVER") { Arity = ArgumentArity.ZeroOrOne };
        var command = new DockerCommand("login", $"{Summary}, docker.io if none is named. The login is kept where docker keeps it: in ~/.docker/config.json,\nor with the credential helper that is named there.", "[OPTIONS] [SERVER]")
        {
            Examples = ["minirun login", "minirun login -u me --password-stdin localhost:5000 < password"],
        };
        command.Add(new OptionGroup("Options", [user, password, fromInput]));
        command.Arguments.Add(server);
        return new CommandDefinition(command, invocation =>
        {
            string registry = RegistryName.Parse(invocation.Values.GetValue(server) ?? "");
            string? given = Password(invocation.Values, user, password, fromInput);
            LogIn(invocation.Terminal, registry, invocation.Values.GetValue(user), given);
            return ExitCode.Success;
        });
    }

    private static void LogIn(Output.Terminal terminal, string registry, string? user, string? password)
    {
        RegistrySettings settings = RegistrySettings.Read(Environment.GetEnvironmentVariable);
        CredentialStore store = CredentialStore.Of(Environment.GetEnvironmentVariable);
        string key = RegistryEndpoint.Of(registry, settings.Config).CredentialKey;
        LoginPrompt prompt = new(terminal.Out);
        string name = user ?? prompt.AskUser(store.Get(key)?.UserName ?? "");
        RegistryCredential login = new(name, password ?? prompt.AskPassword());
        RegistryCredential kept = RegistryLogin.CheckAsync(settings, registry, login, CancellationToken.None).GetAwaiter().GetResult();
        if (store.Store(key, kept).Length == 0)
        {
            ErrorReport.Print(terminal.Error, $"the login is stored unencrypted in {store.Path}; a credential helper (credsStore) would keep it safer");
        }

        terminal.Out.WriteLine("Login Succeeded");
    }

    /// <summary>The password that was given; null where it is to be asked for.</summary>
    private static string? Password(ParseResult values, Option<string?> user, Option<string?> password, Option<bool> fromInput)
    {
        if (!values.GetValue(fromInput))
        {
            return values.GetValue(password);
        }

        if (values.GetValue(password) is not null)
        {
            throw new UsageException("--password and --password-stdin are mutually exclusive");
        }

        if (values.GetValue(user) is null)
        {
            throw new UsageException("Must provide --username with --password-stdin");
        }

        byte[] bytes = HostFile.ReadBounded(FileDescriptor.Borrow(0), "the password", MaxPassword);
        string text = Encoding.UTF8.GetString(bytes).TrimEnd('\n').TrimEnd('\r');
        return text.Length > 0 ? text : throw new UsageException("password is required: standard input is empty");
    }
}
