using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.InWords;

/// <summary>What one step does, in a sentence, and what happens around it.</summary>
public static class StepInWords
{
    /// <summary>Such as “Runs “sh deploy.sh” on the worker’s machine.”</summary>
    public static string Of(StepSettings settings) => settings switch
    {
        RunScript script => $"Runs “{string.Join(' ', script.Command)}” on the worker’s machine.",
        RunSsh ssh => $"Runs “{ssh.Command}” on the target{(ssh.BecomesUser is { } user ? $" as {user}" : "")}{(ssh.Detached is true ? ", where it goes on when the connection breaks" : "")}.",
        Upload upload => $"Puts the artefact{Named(upload.Artefact)}, compared with its digest, on the target as “{upload.To}”.",
        ReleaseFiles release => $"Unpacks the artefact{Named(release.Artefact)} as release {release.Label}, switches “current” to it and keeps {release.Keep} releases.",
        ConfigureFiles files => $"Sets values in {Words.List(files.Files.Select(file => file.File))} on the target and leaves the rest of them as it is.",
        ControlProcess { Action: ProcessAction.Stop } stop => $"Stops {stop.Unit} on the target and waits at most {stop.Within} until it has stopped.",
        ControlProcess process => $"{process.Action}s {process.Unit} on the target and waits until it has been active for {process.ActiveFor} without a break, for at most {process.Within}.",
        SwitchHaproxyServer haproxy => $"{Switched(haproxy)} in HAProxy at {Words.List(haproxy.Addresses)}.",
        SwitchNginxUpstream nginx => $"Writes “{nginx.File}” on the target, has nginx test it, and reloads; puts the former file back if nginx refuses.",
        RunDatabaseScripts scripts => $"Runs the SQL scripts in the artefact{Named(scripts.Artefact)} that the database has not seen, each once and in order.",
        RunTerraform { Action: TerraformAction.Plan } terraform => $"Has Terraform say what the configuration in the artefact{Named(terraform.Artefact)} would change, and changes nothing.",
        RunTerraform terraform => $"Has Terraform plan the configuration in the artefact{Named(terraform.Artefact)} and apply exactly that plan{(terraform.AllowDestroy ? ", also where it destroys something" : ", unless it would destroy something")}.",
        RunAnsible ansible => $"Runs the Ansible playbook “{ansible.Playbook}” in the artefact{Named(ansible.Artefact)} against the target{(ansible.Tags is { Count: > 0 } tags ? $", only what is tagged {Words.List(tags)}" : "")}.",
        ReplaceContainer container => $"Replaces the container {container.Name} by one of {container.Image}{(container.StopFirst ? ", the old one stopped first" : "")}, and keeps the old one until the new one is healthy, for at most {container.Within}.",
        RemoveContainer container => $"Stops the container {container.Name} within {container.StopWithin} and removes it.",
        DeployToKubernetes { Action: KubernetesAction.Undo } undo => $"Leads {Words.List(undo.Workloads ?? [])} in the namespace {undo.Namespace} back to the revision that it had before the run and waits until that is rolled out, for at most {undo.Within}.",
        DeployToKubernetes apply => $"Applies {(apply.File is null ? "its manifests" : $"the manifests at “{apply.File}” in the artefact{Named(apply.Artefact)}")} to the namespace {apply.Namespace} of a Kubernetes cluster and waits until the workloads are rolled out, for at most {apply.Within}.",
        CallHttp http => $"Sends {http.Method} to {http.Url} and expects {Answer(http.ExpectStatus, http.ExpectText)}.",
        SendWebhook webhook => $"Sends a signed webhook “{webhook.Type}” to {webhook.Url} and expects {Answer(webhook.ExpectStatus, null)}{(webhook.AwaitsReport ? ", then waits until the receiver reports the end" : "")}.",
        ManualWork { Slot: { } slot } manual => $"Whoever the plan names for {slot} does it by hand, in about {manual.ExpectedDuration}{Shown(manual)}.",
        ManualWork manual => $"A {Words.Of(manual.Accountable)} does it by hand, in about {manual.ExpectedDuration}{Shown(manual)}.",
        Acknowledge acknowledge => $"Asks {Words.List(acknowledge.AskedOf)} to confirm that they have read and understood the version, and needs {acknowledge.Quota} of them{Quizzed(acknowledge)}.",
        Accept accept => $"Asks {Words.List(accept.AskedOf)} to accept what was deployed by {(accept.Criteria.Count == 1 ? "one criterion" : $"{accept.Criteria.Count} criteria")}, and needs {accept.Quota} of them; one who rejects it halts.",
        AwaitPull => "Makes the version available to the target, which fetches it by itself and reports with its own key.",
        Wait wait => $"Lets {wait.For} pass.",
        CheckArtefacts => "Fetches every artefact from its definitive store and compares its SHA-256 with the registered digest.",
        CheckPromotion promotion => $"Looks whether the same content has succeeded in {(promotion == new CheckPromotion() ? "the environment from which this one gets its versions" : promotion.From)}.",
        CheckTests tests => $"Looks whether {Words.List(tests.Suites.Select(suite => $"“{suite}”"))} {(tests.Suites.Count == 1 ? "was" : "were")} reported for this content{(tests.NotOlderThan is { } age ? $" within the last {age}" : "")} and no test failed.",
        CheckDependencies dependencies => $"Looks whether what the version needs and goes with holds once {(dependencies == new CheckDependencies() ? "the plan" : dependencies.Deployment)} is carried out, and what those that stay declare of it.",
        CheckRemoval => "Looks whether the component’s retirement was decided and nothing that stays needs it, unless the plan says why that is accepted.",
        CheckLinks links => $"Asks every link that {(links.Artefact is null ? "its documents and its manifest name" : $"the artefact{Named(links.Artefact)} and its manifest name")}{(links.Except is { Count: > 0 } except ? $", except {Words.List(except)}," : "")} whether it leads somewhere.",
        CheckConfiguration configuration => $"Reads the configuration{(configuration.Artefact is null ? "" : $" in the artefact{Named(configuration.Artefact)}")}, looks for secrets in clear{(configuration.Schema is { } schema ? $", and compares it with the schema “{schema}”" : "")}.",
        CheckManifest manifest => $"Compares the content manifest with its registered digest{(manifest.Required is { Count: > 0 } required ? $" and expects it{(manifest.Kinds is { Count: > 0 } kinds ? $", for {Words.List(kinds.Select(kind => Words.Of(kind)))}," : "")} to say {Words.List(required)}" : "")}{(manifest.Expect is { Count: > 0 } expected ? $"; {Words.List(expected.Select(expectation => expectation.InWords()))}" : "")}.",
        CheckSignature signature => $"Makes sure that {Signers(signature.Keys, signature.Identities)} signed {(signature.Checksums is { } list ? $"“{list}”, and that it lists " : "")}{(signature.Artefact is { } artefact ? $"the artefact “{artefact}”" : "every artefact")}{(signature.Checksums is null ? $" (“{signature.Signature}”)" : "")}.",
        CheckProvenance provenance => $"Makes sure that {string.Join(" or ", provenance.Builders)} built the artefact{Named(provenance.Artefact)}{Origin(provenance)}, by its provenance “{provenance.Provenance}”, signed by {Signers(provenance.Keys, provenance.Identities)}.",
        CheckSbom sbom => $"Reads what the artefact{Named(sbom.Artefact)} is made of from its SBOM “{sbom.Sbom}”{Rules(sbom)}.",
        CheckVulnerabilities check => $"Looks up what the artefact{Named(check.Artefact)} is made of, by its SBOM “{check.Sbom}”, in the list of vulnerabilities, and fails from {Words.Of(check.FailFrom)} severity on{Cleared(check)}; a list older than {check.GreatestAge} tells nothing.",
        CheckAbsent absent => $"Reads from the target that {Words.List([.. (absent.Facts ?? []).Select(fact => $"the {fact.Subject}"), .. (absent.Containers ?? []).Select(name => $"the container {name}")])} {((absent.Facts?.Count ?? 0) + (absent.Containers?.Count ?? 0) == 1 ? "is" : "are")} gone.",
        CheckReachable => "Makes sure that the target answers and is the one we know.",
        CheckDiskSpace space => $"Makes sure that at least {space.MinimumFreeMiB} MiB are free in the target’s directory.",
        CheckTools tools => $"Makes sure that {Words.List(tools.Tools)} can be run on the target.",
        CheckDrift drift => $"Looks whether the target is as it was left: {Words.List(drift.Facts.Select(fact => $"{fact.Subject}{(fact.Expect is { } expected ? $" ({(fact.Kind is FactKind.Certificate ? "valid for at least " : "")}{expected})" : "")}"))}.",
        CheckTerraform check => $"Has Terraform compare {check.From.InWords} with what is there, and changes nothing{Overlooked(check.Prerequisite)}.",
        CheckAnsible check => $"Has Ansible compare the playbook “{check.Playbook}” of {check.From.InWords} with the target in check mode, and changes nothing{Overlooked(check.Prerequisite)}.",
        CheckCapacity check => $"Makes sure that the target has {Words.List(Needs(check))}.",
        CheckBackup check => $"Makes sure that {Seen(check)} tells of a backup that is not older than {check.NotOlderThan}.",
        CheckMonitoring check => $"Makes sure that monitoring at {check.Source} is healthy{(check.Up is { Count: > 0 } up ? $" and that {Words.List(up.Select(query => $"“{query}”"))} {(up.Count == 1 ? "gives" : "each give")} 1" : "")}.",
        CheckIncidents check => $"Makes sure that no {Counted(check)} alert{Labelled(check)} is active in {check.Speaks} at {check.Source}.",
        CheckHttp check => $"Asks {check.Url} every {check.Every} until it answers {Answer(check.ExpectStatus, check.ExpectText)}, for at most {check.Within}.",
        CheckPage page => $"Opens the page {page.Url} every {page.Every} until it answers {Answer(page.ExpectStatus, null)}{Page(page)}, for at most {page.Within}.",
        CheckFile file => $"Compares the file “{file.File}” on the target with the artefact{Named(file.Artefact)} of the version, by SHA-256.",
        CheckLogs logs => $"Looks through {(logs.Unit is { } unit ? $"the journal of {unit}" : $"the log “{logs.File}”")} of the target {(logs.Last is { } last ? $"for the last {last}" : "since the run began to execute")}{Lines(logs)}.",
        CheckVersion check => $"Reads back from {check.Url} which version runs{(check.Property is null ? "" : $" (“{check.Property}”)")} and expects {check.Expect}, within {check.Within}.",
        CheckCmdb cmdb => $"Reads {cmdb.Url} from the CMDB every {cmdb.Every} until it says {Words.List(cmdb.Expect.Select(value => $"{value.Value} at {value.Key}"))}, for at most {cmdb.Within}.",
        CheckChanges changes => $"Looks at {(changes.Facts is { Count: > 0 } facts ? Words.List(facts.Select(fact => fact.Subject)) : "what check-drift and the drift watch name")}, to compare the target before Execute and afterwards: only what the plan brings may differ{(changes.Tolerate is { Count: > 0 } tolerated ? $", and {Words.List(tolerated)}" : "")}.",
        CheckTcp tcp => $"Asks {tcp.Address} every {tcp.Every} until {(tcp.Open ? "somebody" : "nobody")} listens there, for at most {tcp.Within}.",
        CheckHaproxyServer haproxy => $"Asks HAProxy at {Words.List(haproxy.Addresses)} every {haproxy.Every} until {(haproxy.TakesTraffic ? "users come" : "no user comes")} to server {haproxy.Backend}/{haproxy.Server}, for at most {haproxy.Within}.",
        CheckTls tls => $"Looks whether the certificate of {tls.Address}{(tls.ServerName is { } server ? $" is for {server}," : "")} can be trusted and stays valid for {tls.ValidFor}.",
        CheckDns dns => $"Asks {(dns.Server is { } server ? $"the name server {server}" : "DNS")} every {dns.Every} until {dns.Name} {(dns.Expect.Count == 0 ? $"has no {Words.Of(dns.Type).ToUpperInvariant()} record" : $"is {Words.List(dns.Expect)} ({Words.Of(dns.Type).ToUpperInvariant()})")}, for at most {dns.Within}.",
        CheckSql sql => $"Asks the database “{sql.Query}” and expects {(sql.Is is SqlExpectation.Equal ? "" : $"{Words.Of(sql.Is)} ")}{sql.Expect}.",
        CheckMetric metric => $"Looks every {metric.Every} whether “{metric.Query}” is {(metric.Is is Comparison.AtMost ? "at most" : "at least")} {Threshold(metric)}, and fails after {metric.Breaches} {(metric.Breaches == 1 ? "look" : "looks in a row")} on the wrong side.",
        CheckCanary canary => $"Compares {Words.List(canary.Metrics.Select(metric => metric.Name))} of the canary with the baseline every {canary.Every} by a Mann-Whitney U test, passes from a score of {canary.Pass} on and fails below {canary.Marginal}{Decisive(canary)}.",
        CheckScript check => $"Checks with “{string.Join(' ', check.Command)}”: exit code 0 passes, 1 fails, anything else cannot tell.",
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings, "A kind of step without words."),
    };

    /// <summary>Time limit, retries and what a lost worker means.</summary>
    public static string Around(StepDefinition step) => step.Settings is ManualWork or AsksPeople or AwaitPull
        ? $"{Order(step)}Waits for at most {step.Timeout}."
        : $"{Order(step)}At most {step.Timeout}{Again(step.Retries)}. If its worker is lost, {Loss(step)}.";

    private static string Quizzed(Acknowledge acknowledge) => acknowledge.Quiz is not { Count: > 0 } quiz ? ""
        : $"; each answers {Words.Count(quiz.Count, "question")} before, {(acknowledge.PassMark is { } mark ? $"{mark} of them" : "all of them")} right";

    private static string Page(CheckPage page) => string.Concat(
        page.Title is { } title ? $" with “{title}” in its title" : "",
        page.Must is { Count: > 0 } must ? $", says {Words.List(must.Select(text => $"“{text}”"))}" : "",
        page.MustNot is { Count: > 0 } mustNot ? $", does not say {Words.List(mustNot.Select(text => $"“{text}”"))}" : "",
        page.Assets + page.Links > 0 ? $" and what it needs and links to on its own site answers, too (at most {Words.Count(page.Assets, "asset")} and {Words.Count(page.Links, "link")})" : "");

    private static string Lines(CheckLogs logs) => string.Concat(
        logs.MustNot is { Count: > 0 } mustNot ? $": no line may match {Words.List(mustNot.Select(pattern => $"“{pattern}”"))}" : "",
        logs.Except is { Count: > 0 } except ? $", unless it matches {string.Join(" or ", except.Select(pattern => $"“{pattern}”"))}" : "",
        logs.Must is { Count: > 0 } must ? $"{(logs.MustNot is { Count: > 0 } ? ";" : ":")} lines must match {Words.List(must.Select(pattern => $"“{pattern}”"))} within {logs.Within}" : "");

    private static string Overlooked(bool isPrerequisite) => isPrerequisite ? "" : "; what differs is in nobody’s way";

    private static IEnumerable<string> Needs(CheckCapacity check) =>
    [
        .. check.MinimumMemoryMiB is { } memory ? new[] { $"{memory} MiB of memory available" } : [],
        .. check.MinimumCpus is { } cpus ? new[] { $"{cpus} {(cpus == 1 ? "processor" : "processors")}" } : [],
        .. check.GreatestLoad is { } load ? new[] { $"a load of at most {load} per processor" } : [],
        .. (check.Declared ?? []).Select(declared => $"{declared.Needed} of {declared.Name}"),
    ];

    private static string Seen(CheckBackup check) => check switch
    {
        { Files: { } files } => $"a file “{files}” of at least {check.MinimumKiB} KiB on the target",
        { Url: { } url } => url,
        _ => $"“{check.Query}”",
    };

    private static string Counted(CheckIncidents check) => string.Join(" or ", check.Severities ?? CheckIncidents.Severe);

    private static string Labelled(CheckIncidents check) => check.Labels is { Count: > 0 } labels ? $" with {Words.List(labels.Select(label => $"{label.Key} {label.Value}"))}" : "";

    private static string Origin(CheckProvenance provenance) => string.Concat(
        provenance.Sources is { Count: > 0 } sources ? $" from {Words.List(sources)}" : "",
        provenance.Refs is { Count: > 0 } refs ? $" at {Words.List(refs)}" : "");

    private static string Signers(IReadOnlyList<string>? keys, IReadOnlyList<SignerIdentity>? identities) => string.Concat(
        keys is { Count: > 0 } ? string.Join(" or ", keys) : "a trusted key",
        identities is { Count: > 0 } ? $" or, by certificate, {string.Join(" or ", identities.Select(identity => $"{identity.Subject} (known to {identity.Issuer})"))}" : "");

    private static string Rules(CheckSbom sbom) => string.Concat(
        sbom.AllowedLicences is { Count: > 0 } allowed ? $", allows only the licences {Words.List(allowed)}" : "",
        sbom.DeniedLicences is { Count: > 0 } licences ? $", refuses the licences {Words.List(licences)}" : "",
        sbom.DeniedPackages is { Count: > 0 } packages ? $", refuses the packages {Words.List(packages)}" : "");

    private static string Cleared(CheckVulnerabilities check) => string.Concat(
        check.Vex is { } vex ? $", unless its VEX “{vex}” clears what was found" : "",
        check.Unlisted is { Count: > 0 } unlisted ? $"; no list has to speak of {Words.List(unlisted)}" : "",
        check.Exceptions is { Count: > 0 } exceptions ? $"; accepts {Words.List(exceptions.Select(exception => $"{exception.Vulnerability} until {exception.Until}"))}" : "");

    private static string Order(StepDefinition step) => string.Concat(
        step.Together is { } group ? $"Begins at once with the others of {group}. " : "",
        step.When is { } condition ? $"Only when {condition}. " : "",
        step.Runs switch
        {
            StepRuns.OnFailure => "Only when a step before it failed. ",
            StepRuns.Always => "Even when a step before it failed. ",
            _ => "",
        },
        step.Key is { } key && step.Settings.OutputNames.Any() ? $"Says {Words.List(step.Settings.OutputNames.Select(output => $"${{{StepOutputs.NameOf(key, output)}}}"))} for the steps after it. " : "",
        step.IfItFails is IfItFails.GoOn ? "If it fails, the next step follows all the same. " : "");

    private static string Again(int retries) => retries == 0 ? "" : $", tried again up to {(retries == 1 ? "once" : $"{retries} times")}";

    private static string Loss(StepDefinition step) => step.WhenLost switch
    {
        AfterLoss.RunAgain => "it runs again",
        AfterLoss.Probe when step.Probe is { } probe => $"a probe finds out whether it happened: {char.ToLowerInvariant(Of(probe)[0])}{Of(probe)[1..].TrimEnd('.')}",
        _ => "a person is asked whether it happened",
    };

    private static string Threshold(CheckMetric metric) => metric.Baseline is null
        ? metric.Threshold
        : $"what is normal (“{metric.Baseline}”){(metric.Factor == "1" ? "" : $" × {metric.Factor}")}{(metric.Threshold == "0" ? "" : $" + {metric.Threshold}")}";

    private static string Decisive(CheckCanary canary) =>
        canary.Metrics.Where(metric => metric.MustPass).Select(metric => metric.Name).ToList() is { Count: > 0 } names ? $" or when {Words.List(names)} {(names.Count == 1 ? "gets" : "get")} worse" : "";

    private static string Answer(IReadOnlyList<int>? statuses, string? text) =>
        (statuses is { Count: > 0 } ? string.Join(" or ", statuses) : "200 to 299") + (text is null ? "" : $" with “{text}”");

    private static string Switched(SwitchHaproxyServer haproxy)
    {
        var server = $"server {haproxy.Backend}/{haproxy.Server}";
        var weight = haproxy.Weight is { } given ? $"weight {given}" : "";
        var patience = haproxy.LeaveSessions ? $"for at most {haproxy.Within}" : $"or gives up after {haproxy.Within}";
        return haproxy.State switch
        {
            ServerState.Ready => $"Lets traffic go to {server}{(weight.Length > 0 ? $" with {weight}" : "")} and waits at most {haproxy.Within} until it is up",
            ServerState.Drain => $"Takes {server} out of the traffic and waits until its sessions have ended, {patience},",
            ServerState.Maint => $"Takes {server} out of the traffic, waits until its sessions have ended, {patience}, and puts it into maintenance",
            _ => $"Gives {server} {weight}",
        };
    }

    private static string Named(string? artefact) => artefact is null ? "" : $" “{artefact}”";

    private static string Shown(ManualWork manual) => string.Concat(
        manual.Evidence switch
        {
            EvidenceRule.Note => ", and writes down what was seen",
            EvidenceRule.File => ", and attaches a file or photograph as evidence",
            _ => "",
        },
        manual.Values is { Count: > 0 } values ? $"; reads off {Words.List(values.Select(value => value.Expected is null ? value.Name : $"{value.Name}, which must be {value.Expected}{(value.MayMiss is { } share ? $" ({share} may be missing)" : "")}"))}" : "",
        manual.ConfirmedBySecond is true ? "; a second person confirms it" : "");
}
