namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Looks how old the newest backup or restore point is: a file on the target, what an address answers, or what a metric says. None, or one that
/// is too old, halts with <c>BackupMissing</c>; what cannot be told is inconclusive.
/// </summary>
/// <param name="NotOlderThan">Such as <c>24h</c>.</param>
/// <param name="Files">On the target: a path whose <c>*</c> and <c>?</c> stand for any characters, such as <c>/backup/shop-*.dump</c>.</param>
/// <param name="MinimumKiB">A file with less counts as none: a backup that broke off leaves a small one.</param>
/// <param name="Url">Answers with the time of the backup, as ISO 8601 with its offset or as seconds since 1970.</param>
/// <param name="Property">Where the time stands in the JSON of the answer, as a JSON Pointer such as <c>/last/finishedAt</c>; left out, it is the whole answer.</param>
/// <param name="Source">Address of a Prometheus-compatible server, for a query.</param>
/// <param name="Query">PromQL that gives the time in seconds since 1970, such as <c>max(backup_last_success_timestamp_seconds{db="shop"})</c>.</param>
/// <param name="Token">Bearer token for the address or the source, such as <c>${secret:backup-api}</c>.</param>
public sealed record CheckBackup(
    string NotOlderThan = "24h", string? Files = null, int MinimumKiB = 1, string? Url = null, string? Property = null, string? Source = null, string? Query = null, string? Token = null) : StepSettings;
