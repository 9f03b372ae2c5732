using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Models.Starters;

/// <summary>Two people who read what they are asked to, answer the questions right, and confirm.</summary>
internal sealed class Team(TestHub hub, IReadOnlyList<TestPerson> people)
{
    public string Emails => string.Join(", ", people.Select(person => person.Email));

    public static async Task<Team> GatherAsync(TestHub hub) =>
        new(hub, [await hub.NewPerson("Ana", new RoleGrant(Role.Stakeholder)), await hub.NewPerson("Bo", new RoleGrant(Role.Stakeholder))]);

    public async Task ConfirmAsync(ShowRun.View run)
    {
        foreach (var targetRun in run.TargetRuns)
            foreach (var step in targetRun.Steps.Where(step => step is { Status: StepStatus.WaitingForPerson, Task: null }))
                foreach (var person in people) await ConfirmAsync(person, run, targetRun, step.Number);
    }

    private async Task ConfirmAsync(TestPerson person, ShowRun.View run, ShowRun.TargetRunView asked, int step)
    {
        var seen = (await hub.As(person).Send(new ShowAcknowledgement(run.Name, asked.Stage, asked.Subject, step))).Done();
        if (!seen.IsAsked) return; // has confirmed, and the other has not yet

        if (seen.AsksQuiz)
        {
            var label = run.Versions[0].Label;
            var answers = seen.Quiz!.Select((question, index) => new QuizAnswer(index + 1, [question.Choices.Contains(label) ? label : "I ask before I go on"])).ToList();
            (await hub.As(person).Send(new AnswerQuiz(run.Name, asked.Stage, asked.Subject, step, answers))).Done().IsPassed.ShouldBeTrue();
        }

        (await hub.As(person).Send(new AcknowledgeVersion(run.Name, asked.Stage, asked.Subject, step))).Done();
    }
}
