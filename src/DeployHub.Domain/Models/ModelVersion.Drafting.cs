using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models;

/// <summary>Activities A1 and A2: planned, then written.</summary>
public sealed partial class ModelVersion
{
    /// <summary>Why it is made; null for versions that were imported.</summary>
    public ModelIntent? Intent { get; private set; }

    /// <summary>The version whose text it began with; null when it began otherwise.</summary>
    public int? Basis { get; private init; }

    /// <summary>Everybody who wrote at it, whoever did last at the end (SOD-5).</summary>
    public IReadOnlyList<Actor> Editors { get; private set; } = [];

    public DateTimeOffset? EditedAt { get; private set; }

    /// <param name="content">What the text says; null while it has errors.</param>
    internal static ModelVersion Draft(ModelId model, int number, int? basis, ModelIntent intent, string yaml, ModelContent? content, Actor by, DateTimeOffset at)
    {
        var version = new ModelVersion { Id = ModelVersionId.New(), ModelId = model, Number = number, Basis = basis, Intent = intent, CreatedBy = by, CreatedAt = at };
        version.Say(yaml, content);
        version.Must(version.Move(ModelVersionTrigger.Edit, by, at, basis is null ? "Drafted." : $"Drafted from v{basis}."));
        version.Wrote(by, at);
        return version;
    }

    /// <summary>Keeps what somebody wrote, errors and all. Only a draft changes.</summary>
    public Result Write(string yaml, ModelContent? content, Actor by, DateTimeOffset at)
    {
        if (Status is not ModelVersionStatus.Draft) return ModelErrors.Frozen(Number, Status);
        var isRewritten = yaml != Yaml;
        Say(yaml, content);
        if (isRewritten) Wrote(by, at);
        return Result.Success;
    }

    /// <summary>What a draft's text says by now: what it names may have been published since it was written. Any other version says what it said.</summary>
    public void ReadAnew(ModelContent? content)
    {
        if (Status is ModelVersionStatus.Draft) Say(Yaml, content);
    }

    /// <summary>Changes why it is made, while it is a draft: what is tested and approved is that, too.</summary>
    public Result Intend(ModelIntent intent, Actor by, DateTimeOffset at)
    {
        if (Status is not ModelVersionStatus.Draft) return ModelErrors.Frozen(Number, Status);
        if (intent == Intent) return Result.Success;

        Intent = intent;
        return Move(ModelVersionTrigger.Edit, by, at, "Said anew why it is made.");
    }

    /// <summary>Given up before it was ever published; kept for audit.</summary>
    public Result Discard(string reason, Actor by, DateTimeOffset at) => Move(ModelVersionTrigger.Discard, by, at, reason);

    private void Wrote(Actor by, DateTimeOffset at) => (Editors, EditedAt) = ([.. Editors.Where(editor => !editor.Is(by)), by], at);
}
