using System.CommandLine;
using System.Globalization;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Z3;

namespace Resolver.Cli.Options;

/// <summary>When to give up, and what it took: <c>--timeout</c>, <c>--conflict-limit</c>, <c>--stats</c>,
/// <c>--solver</c>.</summary>
internal sealed class LimitOptions : IOptionGroup
{
    private readonly Option<double?> timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "Give up after this time (exit code 6).",
    };
    private readonly Option<long?> conflicts = new("--conflict-limit")
    {
        HelpName = "N",
        Description = "Give up after N conflicts of the search (exit code 6).",
    };
    private readonly Option<bool> statistics = new("--stats")
    {
        Description = "Show the effort of the search: milliseconds, decisions, conflicts.",
    };
    private readonly Option<string> solver = new("--solver")
    {
        HelpName = "cdcl|z3",
        Description = "Search with this engine. Both give the same plan.",
        DefaultValueFactory = _ => "cdcl",
    };

    public LimitOptions()
    {
        timeout.ReadNumber(
            text =>
                double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds <= 1e9
                    ? seconds
                    : null,
            "SECONDS is a number such as 2.5"
        );
        conflicts.ReadNumber(
            text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null,
            "N is a whole number, not negative"
        );
        solver.TakeOneOf("cdcl", "z3");
    }

    public void AddTo(Command command)
    {
        command.Add(timeout);
        command.Add(conflicts);
        command.Add(statistics);
        command.Add(solver);
    }

    /// <summary>The limits; the time runs from now on.</summary>
    public PlanLimits Read(ParseResult parsed) =>
        new(
            parsed.GetValue(timeout) is { } seconds ? Deadline.After(TimeSpan.FromSeconds(seconds)) : null,
            parsed.GetValue(conflicts)
        );

    public bool Statistics(ParseResult parsed) => parsed.GetValue(statistics);

    /// <summary>The engine requested.</summary>
    public ISolver Engine(ParseResult parsed) => parsed.GetValue(solver) == "z3" ? new Z3Solver() : new DomainSolver();

    /// <summary>The limits for a person.</summary>
    public static string Describe(PlanLimits limits) =>
        string.Join(
            " and ",
            new[]
            {
                limits.Deadline is { Limit: var time }
                    ? string.Create(CultureInfo.InvariantCulture, $"--timeout {time.TotalSeconds:0.###}")
                    : null,
                limits.Conflicts is { } count
                    ? string.Create(CultureInfo.InvariantCulture, $"--conflict-limit {count}")
                    : null,
            }.Where(text => text is not null)
        );
}
