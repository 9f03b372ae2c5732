using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// What one kind of step or check is told. A closed family: each kind is a record here, one executor or verifier in the worker and
/// a line in its set-up. Every text may contain <c>${…}</c>; see <see cref="Template"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RunScript), "script")]
[JsonDerivedType(typeof(RunSsh), "ssh")]
[JsonDerivedType(typeof(Upload), "upload")]
[JsonDerivedType(typeof(ReleaseFiles), "file-release")]
[JsonDerivedType(typeof(ConfigureFiles), "configure-files")]
[JsonDerivedType(typeof(ControlProcess), "service")]
[JsonDerivedType(typeof(SwitchHaproxyServer), "traffic-haproxy")]
[JsonDerivedType(typeof(SwitchNginxUpstream), "traffic-nginx")]
[JsonDerivedType(typeof(RunDatabaseScripts), "database-script")]
[JsonDerivedType(typeof(RunTerraform), "terraform")]
[JsonDerivedType(typeof(RunAnsible), "ansible")]
[JsonDerivedType(typeof(ReplaceContainer), "container")]
[JsonDerivedType(typeof(RemoveContainer), "remove-container")]
[JsonDerivedType(typeof(DeployToKubernetes), "kubernetes")]
[JsonDerivedType(typeof(CallHttp), "http")]
[JsonDerivedType(typeof(SendWebhook), "webhook")]
[JsonDerivedType(typeof(ManualWork), "manual")]
[JsonDerivedType(typeof(Acknowledge), "acknowledge")]
[JsonDerivedType(typeof(Accept), "accept")]
[JsonDerivedType(typeof(AwaitPull), "pull")]
[JsonDerivedType(typeof(Wait), "wait")]
[JsonDerivedType(typeof(CheckArtefacts), "check-artefacts")]
[JsonDerivedType(typeof(CheckManifest), "check-manifest")]
[JsonDerivedType(typeof(CheckSignature), "check-signature")]
[JsonDerivedType(typeof(CheckProvenance), "check-provenance")]
[JsonDerivedType(typeof(CheckPromotion), "check-promotion")]
[JsonDerivedType(typeof(CheckTests), "check-tests")]
[JsonDerivedType(typeof(CheckDependencies), "check-dependencies")]
[JsonDerivedType(typeof(CheckRemoval), "check-removal")]
[JsonDerivedType(typeof(CheckLinks), "check-links")]
[JsonDerivedType(typeof(CheckConfiguration), "check-configuration")]
[JsonDerivedType(typeof(CheckSbom), "check-sbom")]
[JsonDerivedType(typeof(CheckVulnerabilities), "check-vulnerabilities")]
[JsonDerivedType(typeof(CheckReachable), "check-reachable")]
[JsonDerivedType(typeof(CheckDiskSpace), "check-disk-space")]
[JsonDerivedType(typeof(CheckTools), "check-tools")]
[JsonDerivedType(typeof(CheckDrift), "check-drift")]
[JsonDerivedType(typeof(CheckTerraform), "check-terraform")]
[JsonDerivedType(typeof(CheckAnsible), "check-ansible")]
[JsonDerivedType(typeof(CheckCapacity), "check-capacity")]
[JsonDerivedType(typeof(CheckBackup), "check-backup")]
[JsonDerivedType(typeof(CheckMonitoring), "check-monitoring")]
[JsonDerivedType(typeof(CheckIncidents), "check-incidents")]
[JsonDerivedType(typeof(CheckHttp), "check-http")]
[JsonDerivedType(typeof(CheckPage), "check-page")]
[JsonDerivedType(typeof(CheckVersion), "check-version")]
[JsonDerivedType(typeof(CheckFile), "check-file")]
[JsonDerivedType(typeof(CheckLogs), "check-logs")]
[JsonDerivedType(typeof(CheckCmdb), "check-cmdb")]
[JsonDerivedType(typeof(CheckAbsent), "check-absent")]
[JsonDerivedType(typeof(CheckChanges), "check-changes")]
[JsonDerivedType(typeof(CheckTcp), "check-tcp")]
[JsonDerivedType(typeof(CheckHaproxyServer), "check-haproxy")]
[JsonDerivedType(typeof(CheckTls), "check-tls")]
[JsonDerivedType(typeof(CheckDns), "check-dns")]
[JsonDerivedType(typeof(CheckSql), "check-sql")]
[JsonDerivedType(typeof(CheckScript), "check-script")]
[JsonDerivedType(typeof(CheckMetric), "check-metric")]
[JsonDerivedType(typeof(CheckCanary), "check-canary")]
public abstract record StepSettings
{
    private protected StepSettings() { }

    /// <summary>What to do when a worker was lost while this ran, unless the model says otherwise (domain CR-3).</summary>
    [JsonIgnore]
    public virtual AfterLoss AfterLoss => AfterLoss.RunAgain;

    /// <summary>What the step may say for those after it.</summary>
    [JsonIgnore]
    public virtual IEnumerable<string> OutputNames => [];

    /// <summary>What it changes on its subject as a whole, so that nothing that runs together with it may change it too.</summary>
    [JsonIgnore]
    public virtual IEnumerable<string> Changes => [];

    /// <summary>It may end in waiting for people, for a target that fetches, or for a report from outside: while it does, no worker has it.</summary>
    [JsonIgnore]
    public virtual bool WaitsForOthers => false;

    /// <summary>Names of the model's role slots whose people do it or are asked.</summary>
    [JsonIgnore]
    public virtual IEnumerable<string> RoleSlots => [];

    /// <summary>How long it takes by its own word, such as <c>30m</c>; null when it does not say.</summary>
    [JsonIgnore]
    public virtual string? ExpectedTime => null;
}

/// <summary>What becomes of a step whose worker was lost while it ran (domain CR-3).</summary>
public enum AfterLoss
{
    /// <summary>Idempotent: do it again.</summary>
    RunAgain,

    /// <summary>The step's probe finds out whether it happened.</summary>
    Probe,

    /// <summary>Halt with <c>WorkerLost</c> and ask a person: did this happen?</summary>
    AskPerson,
}
