using CsCheck;
using Resolver.Sat.Domains;
using Xunit;

namespace Resolver.Sat.Tests.Domains;

/// <summary>The engine under a plain loop (decide the first open variable) against trying everything.</summary>
public sealed class RandomDomainTests
{
    private readonly DomainEngine engine = new();

    [Fact]
    public void The_verdict_is_that_of_trying_everything() =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var values = Enumerable.Range(0, random.Next(2, 7)).Select(_ => random.Next(1, 4)).ToArray();
                var nogoods = Enumerable
                    .Range(0, random.Next(5, 40))
                    .Select(_ => RandomNogood(random, values))
                    .ToList();

                var found = Solve(values, nogoods);

                Assert.Equal(Exists(values, nogoods, []), found is not null);
                if (found is not null)
                    Assert.DoesNotContain(
                        nogoods,
                        nogood => nogood.All(term => ((term.Bits >> found[term.Variable.Index].Index) & 1) != 0)
                    );
            },
            iter: 5_000,
            threads: 1
        );

    private DomainValue[]? Solve(int[] values, List<Term[]> nogoods)
    {
        engine.Clear();
        foreach (var count in values)
            engine.AddVariable(count);
        var isConsistent = true;
        for (var i = 0; i < nogoods.Count && isConsistent; i++)
            isConsistent = engine.Apply(engine.AddAxiom(nogoods[i], i));
        while (true)
        {
            var result = isConsistent ? engine.Propagate() : Propagated.Conflict;
            if (result == Propagated.Conflict)
            {
                if (engine.Learn().IsNone)
                    return null;
                isConsistent = true;
            }
            else if (result == Propagated.Fixpoint)
            {
                var open = Enumerable
                    .Range(0, values.Length)
                    .Select(index => new EngineVariable(index))
                    .FirstOrDefault(variable => engine.ValueOf(variable).IsNone, EngineVariable.None);
                if (open.IsNone)
                    return
                    [
                        .. Enumerable
                            .Range(0, values.Length)
                            .Select(index => engine.ValueOf(new EngineVariable(index))),
                    ];
                engine.Decide(
                    open,
                    Enumerable
                        .Range(0, values[open.Index] + 1)
                        .Select(index => new DomainValue(index))
                        .First(value => engine.Contains(open, value))
                );
            }
        }
    }

    private static Term[] RandomNogood(Random random, int[] values) =>
        [
            .. Enumerable
                .Range(0, values.Length)
                .OrderBy(_ => random.Next())
                .Take(random.Next(1, 4))
                .Select(variable => new Term(new(variable), 1, (ulong)random.Next(1, 1 << (values[variable] + 1)))),
        ];

    private static bool Exists(int[] values, List<Term[]> nogoods, List<int> chosen)
    {
        if (
            nogoods.Exists(nogood =>
                nogood.All(term =>
                    term.Variable.Index < chosen.Count && ((term.Bits >> chosen[term.Variable.Index]) & 1) != 0
                )
            )
        )
            return false;
        if (chosen.Count == values.Length)
            return true;
        for (var value = 0; value <= values[chosen.Count]; value++)
        {
            if (Exists(values, nogoods, [.. chosen, value]))
                return true;
        }

        return false;
    }
}
