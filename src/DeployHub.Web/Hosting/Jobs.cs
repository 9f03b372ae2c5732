using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Npgsql;

namespace DeployHub.Web.Hosting;

/// <summary>Hangfire's storage, in the same database. Every process may enqueue; only workers take.</summary>
internal static class Jobs
{
    private const string SchemaName = "hangfire";

    public static void AddJobs(this IServiceCollection services, string connectionString)
    {
        var options = new PostgreSqlStorageOptions
        {
            SchemaName = SchemaName,
            PrepareSchemaIfNecessary = false, // done with the migrations, under their lock
            EnableLongPolling = true, // LISTEN instead of asking every second; a notification that was missed costs the default 15 s
        };
        services.AddSingleton<JobStorage>(_ => new PostgreSqlStorage(new NpgsqlConnectionFactory(connectionString, options), options)); // Hangfire's own way is one for the process: of two hosts that start together in one, both ring in the same database
        services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());
    }

    public static void Install(NpgsqlConnection connection) => PostgreSqlObjectsInstaller.Install(connection, SchemaName);
}
