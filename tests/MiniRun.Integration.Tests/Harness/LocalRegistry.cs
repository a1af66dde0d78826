using System.Text.RegularExpressions;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>Debian's docker-registry on a free loopback port, plain or with TLS of an authority of its own, open or with a login; gone with the object.</summary>
public sealed partial class LocalRegistry : IDisposable
{
    public const string User = "tester";
    public const string Password = "pass:word";

    private readonly ContainerHost host;
    private readonly RunningProgram program;

    private LocalRegistry(ContainerHost host, string folder, bool tls, bool login, bool clientCertificate)
    {
        this.host = host;
        Folder = folder;
        HasLogin = login;
        string http = tls ? $"\n  tls:\n    certificate: {folder}/server.crt\n    key: {folder}/server.key{(clientCertificate ? $"\n    clientcas: [{folder}/ca.crt]" : "")}" : "";
        string auth = login ? $"\nauth:\n  htpasswd:\n    realm: test\n    path: {folder}/htpasswd" : "";
        File.WriteAllText($"{folder}/config.yml", $"version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {folder}/data\n  delete:\n    enabled: true\nhttp:\n  addr: 127.0.0.1:0{http}{auth}\n");
        // Its log goes to standard error, the port that the kernel chose with it.
        program = host.StartWith([], "docker-registry", "serve", $"{folder}/config.yml");
        Eventually.True(() => Listening().IsMatch(program.Error) || program.HasExited, () => $"docker-registry did not start\n{program.Error}");
        Match match = Listening().Match(program.Error);
        Assert.True(match.Success, $"docker-registry ended\n{program.Error}");
        Port = match.Groups[1].Value;
    }

    public string Port { get; }

    /// <summary>127.0.0.1 and the port, as image names begin.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Its files: data, and with TLS ca.crt.</summary>
    public string Folder { get; }

    /// <summary>What it has logged: every request.</summary>
    public string Log => program.Error;

    private bool HasLogin { get; }

    /// <summary>Starts one; a login is <see cref="User"/> with <see cref="Password"/>, a client's certificate client/client.cert with its key.</summary>
    public static LocalRegistry Start(ContainerHost host, bool tls = false, bool login = false, bool clientCertificate = false)
    {
        string folder = host.NewFolder("registry");
        if (tls)
        {
            MakeCertificates(host, folder);
        }

        if (login)
        {
            File.WriteAllText($"{folder}/htpasswd", host.Program("htpasswd", "-Bbn", User, Password).Succeeded() + "\n");
        }

        return new LocalRegistry(host, folder, tls, login, clientCertificate);
    }

    /// <summary>Puts an image into it with skopeo.</summary>
    /// <param name="source">As skopeo names it: "oci:FOLDER:TAG".</param>
    /// <param name="name">Repository and tag: "app:1".</param>
    public void Feed(string source, string name)
    {
        string[] login = HasLogin ? ["--dest-creds", $"{User}:{Password}"] : [];
        host.Program("skopeo", ["copy", "--quiet", "--insecure-policy", "--all", "--dest-tls-verify=false", .. Directory.Exists($"{Folder}/client") ? ["--dest-cert-dir", $"{Folder}/client"] : Array.Empty<string>(), .. login, source, $"docker://{Address}/{name}"]).Succeeded();
    }

    /// <summary>What skopeo says of an image in it, as JSON.</summary>
    public string Inspect(string name, params string[] options)
    {
        string[] login = HasLogin ? ["--creds", $"{User}:{Password}"] : [];
        return host.Program("skopeo", ["inspect", "--tls-verify=false", .. login, .. options, $"docker://{Address}/{name}"]).Succeeded();
    }

    public void Dispose()
    {
        program.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>An authority and a certificate by it for this machine itself.</summary>
    private static void MakeCertificates(ContainerHost host, string folder) => host.Bash($"""
        cd '{folder}'
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=minirun test authority' -keyout ca.key -out ca.crt
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=localhost' -keyout server.key -out server.csr
        printf 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:registry.example\nextendedKeyUsage=serverAuth\n' > extensions
        openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile extensions -out server.crt
        mkdir client
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=client' -keyout client/client.key -out client.csr
        openssl x509 -req -in client.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out client/client.cert
        """).Succeeded();

    [GeneratedRegex("""listening on 127\.0\.0\.1:(\d+)""")]
    private static partial Regex Listening();
}
