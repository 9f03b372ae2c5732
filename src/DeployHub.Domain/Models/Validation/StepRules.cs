using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

/// <summary>A-V6, A-V7, A-V8 and A-V12: what one step must say for itself.</summary>
internal static class StepRules
{
    private const string UnknownName = "template.unknown-name";

    public static IEnumerable<ModelRemark> Check(ModelContent model, StepPlace place) =>
        [.. Name(place), .. Time(model, place), .. Retries(place), .. Order(place), .. AfterLoss(place), .. Placement(place), .. Names(model, place),
            .. SettingsRules.Check(model, place, place.Step.Settings, "with"),
            .. place.Step.Probe is { } probe ? SettingsRules.Check(model, place, probe, "probe.with") : []];

    private static IEnumerable<ModelRemark> Name(StepPlace place)
    {
        if (place.Step.Name.Trim().Length is 0 or > 200) yield return place.Error("model.step-name", "name", "give the step a name of 1 to 200 characters.");
    }

    private static IEnumerable<ModelRemark> Time(ModelContent model, StepPlace place)
    {
        var timeout = Duration.Parse(place.Step.Timeout);
        if (timeout.Error is { } malformed) yield return place.Error("A-V8", "timeout", malformed.Message);
        else if (timeout.Value <= TimeSpan.Zero) yield return place.Error("A-V8", "timeout", "a step needs some time; the timeout must be above zero.");
        else
            foreach (var (member, text, rule) in Patience(place.Step.Settings))
                if (Duration.Parse(model.WithDefaults(text)) is { Error: null } needed && needed.Value > timeout.Value)
                    yield return place.Error(rule, $"with.{member}", $"{text} does not fit into the step's timeout of {place.Step.Timeout}.");
    }

    /// <summary>How long the kind itself may take.</summary>
    private static (string Member, string Text, string Rule)[] Patience(StepSettings settings) => settings switch
    {
        Wait wait => [("for", wait.For, "A-V8")],
        CheckHttp check => [("within", check.Within, "A-V8")],
        CheckPage page => [("within", page.Within, "A-V8")],
        CheckLogs logs => [("within", logs.Within, "A-V8")],
        CheckVersion check => [("within", check.Within, "A-V8")],
        CheckCmdb cmdb => [("within", cmdb.Within, "A-V8")],
        CheckTcp check => [("within", check.Within, "A-V8")],
        CheckHaproxyServer check => [("within", check.Within, "A-V8")],
        CheckDns check => [("within", check.Within, "A-V8")],
        ControlProcess process => [("within", process.Within, "A-V8")],
        SwitchHaproxyServer haproxy => [("within", haproxy.Within, "A-V8")],
        ReplaceContainer container => [("within", container.Within, "A-V8")],
        RemoveContainer container => [("stopWithin", container.StopWithin, "A-V8")],
        DeployToKubernetes kubernetes => [("within", kubernetes.Within, "A-V8")],
        RunDatabaseScripts scripts => [("lockWithin", scripts.LockWithin, "A-V8")],
        ManualWork manual => [("expectedDuration", manual.ExpectedDuration, "A-V7")],
        _ => [],
    };

    private static IEnumerable<ModelRemark> Retries(StepPlace place)
    {
        if (place.Step.Retries is < 0 or > 3) yield return place.Error("A-V8", "retries", "automatic retries go from 0 to 3.");
        if (place.Step.Retries > 0 && place.Step.WhenLost is not Steps.AfterLoss.RunAgain)
            yield return place.Error("A-V8", "retries", "only a step that may run again is retried automatically: state afterLoss: RunAgain if that is true, or take the retries away.");
        if (place.Step.Retries > 0 && place.Step.Settings is ManualWork or AsksPeople or AwaitPull) yield return place.Error("A-V8", "retries", "a person is not retried automatically.");
    }

    private static IEnumerable<ModelRemark> Order(StepPlace place)
    {
        if (place.Step.Runs is not StepRuns.OnSuccess && (place.Index == 0 || place.List is StepList.Watch))
            yield return place.Error("A-V6", "runs", $"no step comes before it that could fail, so {place.Step.Runs} says nothing: put it after the steps that it cleans up after.");
        if (place.Step.IfItFails is IfItFails.GoOn && place.Step.Settings.IsCheck())
            yield return place.Warning("A-V6", "ifItFails", "a check that lets everything go on stops nothing.");
        if (place.Step.IfItFails is IfItFails.GoOn && place.Step.Settings is Accept)
            yield return place.Error("A-V6", "ifItFails", "a single one who rejects it halts, so nothing goes on then: take ifItFails away.");
    }

    private static IEnumerable<ModelRemark> AfterLoss(StepPlace place)
    {
        if (place.Step.AfterLoss is Steps.AfterLoss.Probe && place.Step.Probe is null)
            yield return place.Error("A-V6", "probe", "afterLoss is Probe, so say which check finds out whether the step happened.");
        if (place.Step.AfterLoss is Steps.AfterLoss.RunAgain or Steps.AfterLoss.AskPerson && place.Step.Probe is not null)
            yield return place.Warning("A-V6", "probe", $"afterLoss is {place.Step.AfterLoss}, so the probe is never asked.");
        if (place.Step.Probe is { } probe && !probe.IsCheck())
            yield return place.Error("A-V6", "probe", "a probe only looks: use a kind that begins with check-.");
    }

    /// <summary>Each list does what it is for, on what it has at hand.</summary>
    private static IEnumerable<ModelRemark> Placement(StepPlace place)
    {
        var kind = StepKinds.Of(place.Step.Settings);
        if (place.HasNoTarget && place.Step.Settings is Upload or ReleaseFiles or ConfigureFiles or ControlProcess or SwitchNginxUpstream or RunAnsible or RunSsh or CheckReachable or CheckDiskSpace or CheckTools or CheckDrift or CheckChanges or CheckFile or CheckLogs or CheckTerraform or CheckAnsible or CheckCapacity or CheckBackup { Files: not null })
            yield return place.Error("model.step-misplaced", "uses", place.IsOnceForAPhase
                ? $"{kind} needs a target, and this is done once for a whole phase. Move it to execute.steps."
                : $"{kind} needs a target, and component versions are verified before any target is touched. Move it to another stage.");
        if (place.List is not (StepList.Execute or StepList.VerifyDeployment) && place.Step.Settings is Accept)
            yield return place.Error("model.step-misplaced", "uses", $"{kind} asks people about what was deployed: move it to verifyDeployment, or to execute.steps to ask after each phase.");
        if (place.List is not (StepList.Execute or StepList.Rollback) && place.Step.Settings is AwaitPull)
            yield return place.Error("model.step-misplaced", "uses", "a target fetches in execute or in the rollback's steps: move it there.");
        if (place.List is StepList.Watch && !place.Step.Settings.IsCheck())
            yield return place.Error("model.step-misplaced", "uses", "what observes a phase only looks: use a kind that begins with check-.");
        if (place.List is not StepList.VerifyComponents && place.Step.Settings is ComponentCheck)
            yield return place.Error("model.step-misplaced", "uses", $"{kind} looks at component versions: move it to verifyComponents.");
        if (place.List is not StepList.VerifyEnvironment && place.Step.Settings is CheckDrift or CheckTerraform or CheckAnsible)
            yield return place.Error("model.step-misplaced", "uses", $"{kind} looks before anything is touched, since a run's own changes are no drift: move it to verifyEnvironment.");
        if (place.List is not StepList.VerifyDeployment && place.Step.Settings is CheckChanges)
            yield return place.Error("model.step-misplaced", "uses", $"{kind} compares with what was there before Execute, which is looked at without a step: move it to verifyDeployment.");
        if (place.List is not StepList.RemovalProof && place.Step.Settings is CheckAbsent)
            yield return place.Error("model.step-misplaced", "uses", $"{kind} proves that something was removed: move it to removal.proof.");
        if (place.Step.Settings is CheckRemoval)
            yield return place.Error("model.step-misplaced", "uses", $"{kind} is done by itself wherever a plan removes a component: leave it out.");
        if (place.IsOfRemoval && place.Step.Settings is Upload or ReleaseFiles or RunDatabaseScripts or RunTerraform or RunAnsible or DeployToKubernetes or CheckVersion or AsksPeople)
            yield return place.Error("model.step-misplaced", "uses", $"{kind} needs a version, and a removal brings none. Use ssh, script, http, service, configure-files, remove-container or manual.");
        if (place.Step.Probe is CheckChanges)
            yield return place.Error("A-V6", "probe", "what a whole deployment changed does not tell whether this step happened.");
        if (place.List is StepList.VerifyEnvironment && place.Step.Settings is CheckLogs { Last: null })
            yield return place.Error("model.step-misplaced", "with.last", "nothing has been executed yet: say for how long back the log is looked at, such as 15m.");
        if (place is { List: StepList.VerifyEnvironment or StepList.VerifyDeployment or StepList.RemovalProof } && place.Step.Settings is Upload or ReleaseFiles or ConfigureFiles or ControlProcess or SwitchHaproxyServer or SwitchNginxUpstream or RunDatabaseScripts or RunAnsible or ReplaceContainer or RemoveContainer or DeployToKubernetes or RunTerraform { Action: TerraformAction.Apply })
            yield return place.Error("model.step-misplaced", "uses", "a verifying stage changes nothing: move this to execute.");
    }

    private static string? UnknownParameter(string name, IEnumerable<string> known) => known.Contains(name) ? null : $"there is no parameter {name}.{NearNames.Question(name, known)}";

    /// <summary>Reads of parameters that the model does not have.</summary>
    internal static IEnumerable<ModelRemark> UnknownParameters(ModelContent model, StepPlace place) =>
        Template.NamesIn(place.Step.Settings).Where(name => name.StartsWith("parameter.", StringComparison.Ordinal))
            .Select(name => Unknown(model, place, name)).OfType<string>().Select(sentence => place.Error(UnknownName, "with", sentence));

    private static IEnumerable<ModelRemark> Names(ModelContent model, StepPlace place)
    {
        foreach (var (settings, member) in new[] { (place.Step.Settings, "with"), (place.Step.Probe, "probe.with") })
            foreach (var name in settings is null ? [] : Template.NamesIn(settings))
                if (Unknown(model, place, name) is { } sentence) yield return place.Error(UnknownName, member, sentence);
    }

    /// <summary>Why a name has no value in this place, in a sentence; null when it has.</summary>
    internal static string? Unknown(ModelContent model, StepPlace place, string name) => name switch
    {
        _ when place.IsOfRemoval && name.StartsWith("version.", StringComparison.Ordinal) => $"${{{name}}} has no value here: a removal brings no version. ${{component.key}} names the component.",
        "target.name" or "target.directory" or "version.label" or "version.digest" or "component.key" or "environment.key" or Template.PromotionSource or "deployment.number"
            when !place.HasNoTarget || !name.StartsWith("target.", StringComparison.Ordinal) => null,
        _ when name.StartsWith(Template.Manifest, StringComparison.Ordinal) => place is { List: StepList.VerifyComponents or StepList.VerifyEnvironment, Step.Settings: ManualWork or Steps.Acknowledge or ComponentCheck } ? null
            : $"${{{name}}} has no value here: what a content manifest says is there for people and for checks of component versions, in verifyComponents and verifyEnvironment.",
        "phase.name" or "phase.number" or "phase.traffic" or "phase.otherTraffic" => place.HasPhase ? null : $"${{{name}}} has no value here: phases belong to execute and rollback.",
        _ when name.StartsWith("secret:", StringComparison.Ordinal) => null,
        _ when name.StartsWith("variable.", StringComparison.Ordinal) => Key.IsValid(name["variable.".Length..]) ? null : $"${{{name}}} cannot name a variable of a service: use lower-case letters, digits, hyphens and dots.",
        _ when StepOutputs.IsOutput(name) => OutputRules.NeverThere(model, place, name),
        _ when name.StartsWith("target.", StringComparison.Ordinal) => place.HasNoTarget ? $"${{{name}}} has no value here: no target is at hand {(place.IsOnceForAPhase ? "for what is done once for a phase" : "when component versions are verified")}." : null,
        _ when name.StartsWith("parameter.", StringComparison.Ordinal) =>
            UnknownParameter(name["parameter.".Length..], model.Parameters.Select(parameter => parameter.Name)),
        _ => $"nothing gives a value to ${{{name}}}. Known are {Words.List(Placeholder.Known.Select(known => known.Written))}; a shell's own variable is written $NAME.",
    };
}
