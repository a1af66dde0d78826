using System.Text;
using MiniRun.Cli.CommandLine;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using Tty = MiniRun.Linux.Files.Terminal;

namespace MiniRun.Cli.Prompts;

/// <summary>Asks for a user name and a password on the terminal; the password is not shown.</summary>
internal sealed class LoginPrompt(TextWriter output)
{
    private static FileDescriptor Input => FileDescriptor.Borrow(0);

    /// <summary>Asks for the name; an empty answer is the one known before.</summary>
    /// <exception cref="MiniRunException">There is no terminal, or no answer.</exception>
    internal string AskUser(string known)
    {
        RequireTerminal();
        output.Write(known.Length > 0 ? $"Username ({known}): " : "Username: ");
        output.Flush();
        string name = ReadLine();
        return name.Length > 0 ? name : known.Length > 0 ? known : throw new UsageException("username is required");
    }

    /// <summary>Asks for the password.</summary>
    /// <exception cref="MiniRunException">There is no terminal, or no answer.</exception>
    internal string AskPassword()
    {
        RequireTerminal();
        output.Write("Password: ");
        output.Flush();
        try
        {
            string password = ReadSecret();
            return password.Length > 0 ? password : throw new UsageException("password is required");
        }
        catch (OperationCanceledException)
        {
            throw new MiniRunException("the login was broken off");
        }
        finally
        {
            output.Write('\n');
        }
    }

    /// <summary>One line: a terminal gives no more with one read, and what is typed ahead stays for the password.</summary>
    private static string ReadLine()
    {
        Span<byte> line = stackalloc byte[1024];
        return Encoding.UTF8.GetString(line[..HostFile.Read(Input, line, "the terminal")]).Trim();
    }

    private static string ReadSecret()
    {
        // Raw mode takes Ctrl-C as a byte: a signal would end minirun and leave the terminal without echo.
        using RawMode raw = Tty.EnterRawMode(Input);
        LineEditor line = new();
        Span<byte> key = stackalloc byte[1];
        while (HostFile.Read(Input, key, "the terminal") > 0)
        {
            if (line.Type(key[0]))
            {
                return line.Text;
            }
        }

        throw new OperationCanceledException();
    }

    private static void RequireTerminal()
    {
        if (!Tty.Is(Input))
        {
            throw new UsageException("Cannot perform an interactive login from a non TTY device: give --username and --password-stdin");
        }
    }
}
