namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Brings a PostgreSQL database up to the version by the SQL scripts in an artefact: each once, in the natural order of their paths, noted
/// in a journal table with its checksum. A script runs in one transaction unless a line in it says <c>-- deployhub: no-transaction</c>.
/// </summary>
/// <param name="Connection">Only by name: <c>${secret:shop-db}</c>. A connection string, to the server itself and not through a pool that shares sessions.</param>
/// <param name="Artefact">A .sql file, or an archive of them; may be left out when the version has only one.</param>
/// <param name="Folder">Only scripts below this folder of the archive.</param>
/// <param name="Journal">The table that says which scripts were applied, made when it is missing; may name its schema.</param>
/// <param name="LockWithin">How long to wait for another worker that is at it.</param>
/// <param name="Version">Noted in the journal.</param>
public sealed record RunDatabaseScripts(
    string Connection, string? Artefact = null, string? Folder = null, string Journal = "deployhub_scripts", string LockWithin = "1m", string Version = "${version.label}") : StepSettings;
