using DeployHub.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DeployHub.Features.Data;

/// <summary>
/// Rules over several rows are constraints of the database, because only it sees every row. Each mapping names its constraint
/// and the refusal it stands for: <c>RulesInTheDatabase.Add("ix_services_key", ServiceErrors.KeyTaken)</c>.
/// </summary>
internal static class RulesInTheDatabase
{
    private static readonly Dictionary<string, Error> Rules = [];

    public static void Add(string constraint, Error refusal) => Rules[constraint] = refusal;

    /// <summary>The rule that the exception says was broken; null when it is some other trouble.</summary>
    public static Error? Broken(DbUpdateException exception) =>
        exception.InnerException is PostgresException { ConstraintName: { } constraint } ? Rules.GetValueOrDefault(constraint) : null;
}
