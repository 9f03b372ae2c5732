using System.Data;
using System.Text.RegularExpressions;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps.Sql;
using Npgsql;

namespace DeployHub.Worker.Steps;

/// <summary>
/// One connection holds the lock, runs the scripts and keeps the journal: what a lost worker had not committed is rolled back by the
/// server before another can have the lock. Only a script without a transaction can be found half done, and then a person is needed.
/// </summary>
internal sealed partial class RunDatabaseScriptsExecutor(ArtefactSource source, TimeProvider clock) : StepExecutor<RunDatabaseScripts>
{
    private static readonly string[] EndsTransactions = ["begin", "start", "commit", "end", "rollback", "abort"];

    protected override async Task<StepOutcome> ExecuteAsync(RunDatabaseScripts settings, StepContext context, CancellationToken cancellationToken)
    {
        if (!JournalName().IsMatch(settings.Journal)) return new StepOutcome.Failed($"“{settings.Journal}” cannot name the journal: write a table, or a schema and a table.");

        var (artefact, fetched) = await source.FetchAsync(context.Version!, settings.Artefact, cancellationToken);
        using var held = fetched;
        if (fetched.Trouble is { } trouble) return new StepOutcome.Failed(trouble.Sentence, trouble.Cause);

        try
        {
            var scripts = SqlScript.In(fetched.File!, artefact!.Name, settings.Folder);
            await using var connection = await Database.ConnectAsync(settings.Connection, context, cancellationToken);
            return await new Visit(connection, settings, context, clock).ApplyAsync(scripts, cancellationToken);
        }
        catch (UnsafeArchiveException unreadable)
        {
            return new StepOutcome.Failed($"The artefact {artefact!.Name} {unreadable.Message}.", HaltCause.ComponentMissing);
        }
        catch (UnusableDatabaseException unusable)
        {
            return new StepOutcome.Failed(unusable.Message, unusable.Cause);
        }
        catch (NpgsqlException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new StepOutcome.Failed($"The database does not go on: {Database.Said(exception)}.", HaltCause.ExternalSystemDown);
        }
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62})?\z")]
    private static partial Regex JournalName();

    private sealed class Visit(NpgsqlConnection connection, RunDatabaseScripts settings, StepContext context, TimeProvider clock)
    {
        private readonly ScriptJournal _journal = new(connection, settings.Journal);
        private readonly List<string> _applied = [];
        private readonly List<string> _skipped = [];

        private string Place => Database.PlaceOf(connection);

        public async Task<StepOutcome> ApplyAsync(IReadOnlyList<SqlScript> scripts, CancellationToken cancellationToken)
        {
            if (!await _journal.LockAsync(Duration.Of(settings.LockWithin), clock, () => context.Log.Write(LogStream.Hub, "Another worker runs scripts on this database; waiting for it."), cancellationToken))
                return new StepOutcome.Failed($"Another worker still ran scripts on database {Place} after {settings.LockWithin}.", HaltCause.LockTimeout);

            var known = await _journal.ReadAsync(cancellationToken);
            if (Objection(scripts, known) is { } objection) return new StepOutcome.Failed(objection, HaltCause.DriftDetected);

            foreach (var script in scripts)
            {
                if (known.ContainsKey(script.Path)) _skipped.Add(script.Path);
                else if (await RunAsync(script, cancellationToken) is { } failure) return failure;
            }

            return new StepOutcome.Succeeded(Evidence());
        }

        /// <summary>Looked at before anything runs, so that a script that was changed stops the first one too.</summary>
        private string? Objection(IReadOnlyList<SqlScript> scripts, Dictionary<string, (string Checksum, bool IsDone)> known)
        {
            foreach (var script in scripts)
            {
                if (!known.TryGetValue(script.Path, out var noted)) continue;
                if (noted.Checksum != script.Checksum) return $"{script.Path} was changed after it was applied to database {Place}: it was {noted.Checksum} and is {script.Checksum}. Undo the change, and write a new script for what has to be different.";
                if (!noted.IsDone) return $"{script.Path} runs without a transaction and was begun on database {Place} but never finished. Find out how far it came, then set done_at of its row in {settings.Journal}, or delete the row to run it again.";
            }

            return null;
        }

        private async Task<StepOutcome.Failed?> RunAsync(SqlScript script, CancellationToken cancellationToken)
        {
            var statements = SqlStatements.In(script.Text);
            if (!script.HasNoTransaction && statements.FirstOrDefault(statement => EndsTransactions.Contains(statement.FirstWord)) is { } own)
                return Failed($"{script.Path} line {own.Line}: “{own.FirstWord}” begins or ends a transaction, and a script is one already; take it away, or write “-- deployhub: no-transaction” into the file.");

            var watch = System.Diagnostics.Stopwatch.StartNew();
            await using var transaction = script.HasNoTransaction ? null : await connection.BeginTransactionAsync(cancellationToken);
            await _journal.BeginAsync(script, settings.Version, context.Key, cancellationToken);
            for (var done = 0; done < statements.Count; done++)
                if (await RunAsync(script, statements[done], cancellationToken) is { } trouble)
                {
                    if (transaction is not null) await transaction.RollbackAsync(cancellationToken);
                    else if (done == 0) await _journal.ForgetAsync(script, cancellationToken); // one statement that fails is undone by the server
                    return Failed(done > 0 && transaction is null ? $"{trouble.TrimEnd('.')}; the {done} statements before it stay done, because the script runs without a transaction." : trouble);
                }

            await _journal.EndAsync(script, cancellationToken);
            if (transaction is not null && await CommitAsync(script, transaction, cancellationToken) is { } refused) return Failed(refused);

            _applied.Add(script.Path);
            context.Log.Write(LogStream.Hub, $"{script.Path} applied: {statements.Count} statements in {watch.Elapsed.TotalSeconds:N1} s.");
            return null;
        }

        /// <summary>Deferred constraints speak up only here.</summary>
        private async Task<string?> CommitAsync(SqlScript script, NpgsqlTransaction transaction, CancellationToken cancellationToken)
        {
            try
            {
                await transaction.CommitAsync(cancellationToken);
                return null;
            }
            catch (PostgresException exception) when (!cancellationToken.IsCancellationRequested)
            {
                return $"{script.Path} cannot be committed on database {Place}: {Database.Said(exception)}.";
            }
        }

        private async Task<string?> RunAsync(SqlScript script, SqlStatement statement, CancellationToken cancellationToken)
        {
            try
            {
                await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(statement.Text) } }; // which, unlike a command, is sent as it stands
                await batch.ExecuteNonQueryAsync(cancellationToken);
                return null;
            }
            catch (PostgresException exception) when (!cancellationToken.IsCancellationRequested && connection.State is ConnectionState.Open)
            {
                var detail = exception.Detail is { Length: > 0 } said ? $" ({said.ReplaceLineEndings(" ")})" : "";
                return $"{script.Path} line {LineOf(statement, exception)}: {exception.MessageText.ReplaceLineEndings(" ")}{detail} (SQLSTATE {exception.SqlState}), on database {Place}.";
            }
            catch (NotSupportedException)
            {
                return $"{script.Path} line {statement.Line}: COPY from or to the client cannot stand in a script; write INSERT, or COPY from a file of the server.";
            }
        }

        /// <summary>The server counts characters of the statement, from 1; a character outside the basic plane is one of them and two of ours.</summary>
        private static int LineOf(SqlStatement statement, PostgresException exception)
        {
            var before = statement.Text.EnumerateRunes().Take(Math.Max(0, exception.Position - 1));
            return statement.Line + before.Count(rune => rune.Value == '\n');
        }

        private StepOutcome.Failed Failed(string sentence)
        {
            context.Log.Write(LogStream.Error, sentence);
            return new StepOutcome.Failed(sentence) { Evidence = Evidence() };
        }

        private List<Evidence> Evidence() =>
        [
            new("Database", Place),
            new("Applied", _applied.Count == 0 ? "none" : string.Join(", ", _applied)),
            new("Applied before", _skipped.Count == 0 ? "none" : string.Join(", ", _skipped)),
        ];
    }
}
