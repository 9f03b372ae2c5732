using DeployHub.Domain.Models;

namespace DeployHub.Web.Pages.Models;

/// <summary>A case walked through at the table, as it was typed.</summary>
public sealed class TableForm
{
    public RehearsalCase Case { get; set; }

    public string? With { get; set; }

    public string? Notes { get; set; }

    public bool Passed { get; set; }
}

/// <summary>A publication, as it was typed.</summary>
public sealed class PublishingForm
{
    public string? ChangeReference { get; set; }

    public string? ReleaseNote { get; set; }

    /// <summary>Left empty, nobody is asked to acknowledge it.</summary>
    public DateOnly? AcknowledgeBy { get; set; }

    public List<Migration> Migrations { get; set; } = [];

    /// <summary>Nothing was chosen for those that are still undecided.</summary>
    public IReadOnlyList<PlanMigration> Decided => [.. Migrations.Where(migration => migration.Decision is not null).Select(migration => new PlanMigration(migration.Deployment ?? "", migration.Decision!.Value))];

    public sealed class Migration
    {
        public string? Deployment { get; set; }

        public MigrationDecision? Decision { get; set; }
    }
}

/// <summary>Who is away, as it was typed.</summary>
public sealed class AbsenceForm
{
    public string? Person { get; set; }

    public string? Reason { get; set; }
}
