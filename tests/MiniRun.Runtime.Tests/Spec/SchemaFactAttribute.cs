namespace MiniRun.Runtime.Tests.Spec;

/// <summary>A test that needs the OCI JSON schema: in the folder that OCI_SCHEMA names, or in shared/oci-schema beside the checkout.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SchemaFactAttribute : FactAttribute
{
    public SchemaFactAttribute()
    {
        if (!File.Exists(PathOf("config-schema.json")))
        {
            Skip = "there is no copy of the OCI JSON schema here; set OCI_SCHEMA to the folder of one";
        }
    }

    public static string PathOf(string name) => Path.Combine(Environment.GetEnvironmentVariable("OCI_SCHEMA") ?? BesideTheCheckout(), name);

    private static string BesideTheCheckout()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MiniRun.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? "/", "shared", "oci-schema");
    }
}
