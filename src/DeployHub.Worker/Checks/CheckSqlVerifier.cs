using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;
using DeployHub.Worker.Steps.Sql;
using Npgsql;

namespace DeployHub.Worker.Checks;

/// <summary>The transaction may only read and is rolled back; the server itself ends a query that takes too long.</summary>
internal sealed class CheckSqlVerifier : StepExecutor<CheckSql>
{
    private const int MostShown = 200;
    private const int MostCharacters = 10_000; // of the value

    private static readonly TimeSpan LongestQuery = TimeSpan.FromMinutes(15);

    protected override async Task<StepOutcome> ExecuteAsync(CheckSql settings, StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await Database.ConnectAsync(settings.Connection, context, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
            await ExecuteAsync($"set transaction read only; set local statement_timeout = {(long)(context.Timeout ?? LongestQuery).TotalMilliseconds}", connection, cancellationToken);
            return await AskAsync(settings.Query, connection, cancellationToken) is { } value
                ? Judge(settings, value, connection, context)
                : new StepOutcome.Inconclusive($"The query on {Database.PlaceOf(connection)} gives no row or NULL, which tells nothing: {settings.Query}");
        }
        catch (UnusableDatabaseException unusable)
        {
            return new StepOutcome.Failed(unusable.Message, unusable.Cause);
        }
        catch (PostgresException refused)
        {
            return new StepOutcome.Failed($"The database refuses the query: {Database.Said(refused)}.", HaltCause.HealthCheckFailed);
        }
        catch (NpgsqlException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new StepOutcome.Failed($"The database does not go on: {Database.Said(exception)}.", HaltCause.ExternalSystemDown);
        }
    }

    /// <summary>As text, the way PostgreSQL writes it, so that what is compared is what people see. A batch is sent as it stands: one statement, which nothing can follow.</summary>
    private static async Task<string?> AskAsync(string query, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand($"select ({query.Trim().TrimEnd(';')}\n)::text::varchar({MostCharacters})") } };
        return await batch.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static StepOutcome Judge(CheckSql settings, string value, NpgsqlConnection connection, StepContext context)
    {
        var shown = Printable.Of(Words.Beginning(value, MostShown)).ReplaceLineEndings(" ");
        context.Log.Write(LogStream.Out, $"{settings.Query}: {shown}");
        return Holds(settings, value) switch
        {
            true => new StepOutcome.Succeeded([new Evidence("Answer", shown)]),
            false => new StepOutcome.Failed($"{Database.PlaceOf(connection)} answers {shown} where {(settings.Is is SqlExpectation.Equal ? "" : $"{Words.Of(settings.Is)} ")}{settings.Expect} is expected: {settings.Query}", HaltCause.HealthCheckFailed),
            null => new StepOutcome.Inconclusive($"{Database.PlaceOf(connection)} answers {shown}, which is no number to compare with {settings.Expect}."),
        };
    }

    /// <summary>Null when what should be compared as a number is none.</summary>
    private static bool? Holds(CheckSql settings, string value)
    {
        if (settings.Is is SqlExpectation.Equal) return value == settings.Expect;
        if (Number(value) is not { } found || Number(settings.Expect) is not { } expected) return null;
        return settings.Is is SqlExpectation.AtLeast ? found >= expected : found <= expected;
    }

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
