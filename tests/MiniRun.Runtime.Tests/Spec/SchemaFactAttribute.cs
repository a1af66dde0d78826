namespace MiniRun.Runtime.Tests.Spec;

/// <summary>A test that needs the OCI JSON schema; OCI_SCHEMA names its folder.</summary>
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

    public static string PathOf(string name) => Path.Combine(Environment.GetEnvironmentVariable("OCI_SCHEMA") ?? "/work/shared/oci-schema", name);
}
