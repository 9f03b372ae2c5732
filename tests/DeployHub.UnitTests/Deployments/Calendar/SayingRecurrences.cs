using DeployHub.Domain.Deployments.Calendar;
using static DeployHub.UnitTests.Deployments.Calendar.CalendarGiven;

namespace DeployHub.UnitTests.Deployments.Calendar;

/// <summary>A recurrence in a sentence.</summary>
public sealed class SayingRecurrences
{
    public static TheoryData<string, int, int, string> Sentences => new()
    {
        { "FREQ=DAILY", 22, 8, "Every day 22:00–06:00 UTC" },
        { "FREQ=DAILY", 0, 24, "Every day all day UTC" },
        { "FREQ=DAILY;INTERVAL=2", 9, 1, "Every 2 days 09:00–10:00 UTC" },
        { "FREQ=WEEKLY", 9, 1, "Every Thu 09:00–10:00 UTC" },
        { "FREQ=WEEKLY;BYDAY=FR", 15, 64, "Every Fri 15:00–Mon 07:00 UTC" },
        { "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 9, 7, "Every Mon–Fri 09:00–16:00 UTC" },
        { "FREQ=WEEKLY;BYDAY=TU,TH", 9, 7, "Every Tue and Thu 09:00–16:00 UTC" },
        { "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", 9, 7, "Every 2 weeks on Tue 09:00–16:00 UTC" },
        { "FREQ=MONTHLY;BYDAY=1MO", 9, 2, "Every month on the first Mon 09:00–11:00 UTC" },
        { "FREQ=MONTHLY;BYDAY=-1FR", 9, 2, "Every month on the last Fri 09:00–11:00 UTC" },
        { "FREQ=MONTHLY;BYMONTHDAY=1,15", 9, 2, "Every month on day 1 and day 15 09:00–11:00 UTC" },
        { "FREQ=YEARLY", 9, 2, "Every year on 1 Jan 09:00–11:00 UTC" },
        { "FREQ=YEARLY;BYWEEKNO=20", 9, 2, "By the rule FREQ=YEARLY;BYWEEKNO=20, 09:00–11:00 UTC" },
        { "FREQ=DAILY;UNTIL=20261231", 9, 2, "Every day 09:00–11:00 UTC, until Thu 31 Dec 2026" },
        { "FREQ=DAILY;COUNT=3", 9, 2, "Every day 09:00–11:00 UTC, 3 times" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void It_is_said_as_people_would(string rule, int from, int hours, string sentence) => Every(rule, from, hours).InWords().ShouldBe(sentence);

    [Fact]
    public void What_happens_once_and_what_is_left_out_are_said()
    {
        new Recurrence(new DateTime(2026, 12, 4, 15, 0, 0), TimeSpan.FromHours(64), "Europe/Stockholm").InWords().ShouldBe("Fri 4 Dec 2026 15:00–Mon 7 Dec 2026 07:00 Europe/Stockholm");
        new Recurrence(new DateTime(2026, 12, 4, 15, 0, 0), TimeSpan.FromHours(1), "Europe/Stockholm").InWords().ShouldBe("Fri 4 Dec 2026 15:00–16:00 Europe/Stockholm");
        (Weekend with { Except = [new DateOnly(2026, 12, 25)] }).InWords().ShouldBe("Every Fri 15:00–Mon 07:00 Europe/Stockholm, not on Fri 25 Dec 2026");
    }

    [Fact]
    public void The_name_of_the_rule_and_small_letters_do_not_matter() => Recurrence.RuleOf(" rrule:freq=weekly; byday=fr; ").ShouldBe("FREQ=WEEKLY;BYDAY=FR");
}
