using DeployHub.Domain.Runs;
using Npgsql;

namespace DeployHub.Worker.Steps.Sql;

/// <summary>A PostgreSQL database that a secret's connection string names.</summary>
internal static class Database
{
    /// <summary>What the database itself says stands in the step's log.</summary>
    /// <exception cref="UnusableDatabaseException">There is no way in; its sentence holds nothing of the secret.</exception>
    public static async Task<NpgsqlConnection> ConnectAsync(string text, StepContext context, CancellationToken cancellationToken)
    {
        NpgsqlConnectionStringBuilder place;
        try
        {
            place = new NpgsqlConnectionStringBuilder(text) { Pooling = false, CommandTimeout = 0, ApplicationName = "DeployHub", Multiplexing = false };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new UnusableDatabaseException(HaltCause.CredentialInvalid, "The secret that names the database holds no connection string for PostgreSQL, such as Host=db;Database=shop;Username=deploy;Password=…"); // its own words could be of the secret
        }

        var connection = new NpgsqlConnection(place.ConnectionString);
        connection.Notice += (_, notice) => context.Log.Write(LogStream.Out, $"{notice.Notice.Severity}: {notice.Notice.MessageText}");
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (Exception exception) when (exception is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            await connection.DisposeAsync();
            throw exception is PostgresException { SqlState: "28P01" or "28000" }
                ? new UnusableDatabaseException(HaltCause.CredentialInvalid, $"PostgreSQL at {place.Host}:{place.Port} does not let {place.Username} into database {place.Database}: {Said(exception)}.")
                : new UnusableDatabaseException(HaltCause.ExternalSystemDown, $"Database {place.Database} at {place.Host}:{place.Port} cannot be reached: {Said(exception)}.");
        }
    }

    public static string PlaceOf(NpgsqlConnection connection) => $"{connection.Database} at {connection.Host}:{connection.Port}";

    public static string Said(Exception exception) => (exception is PostgresException postgres ? $"{postgres.MessageText} (SQLSTATE {postgres.SqlState})" : exception.Message).ReplaceLineEndings(" ").TrimEnd('.');
}

internal sealed class UnusableDatabaseException(HaltCause cause, string sentence) : Exception(sentence)
{
    public HaltCause Cause => cause;
}
