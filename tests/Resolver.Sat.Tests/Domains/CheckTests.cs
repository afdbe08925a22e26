#if DEBUG
using System.Diagnostics;
using Resolver.Sat.Domains;
using Xunit;

namespace Resolver.Sat.Tests.Domains;

/// <summary>Debug builds find a caller that breaks what the engine relies on.</summary>
public sealed class CheckTests
{
    [Fact]
    public void Decision_on_an_excluded_value_is_found()
    {
        var engine = new DomainEngine();
        var variable = engine.AddVariable(2);
        engine.Restrict(variable, [0b110]);

        Assert.Contains("was excluded", FailureOf(() => engine.Decide(variable, new(0))), StringComparison.Ordinal);
    }

    [Fact]
    public void Learning_from_a_nogood_that_holds_is_found()
    {
        var engine = new DomainEngine();
        var (one, other) = (engine.AddVariable(2), engine.AddVariable(2));
        engine.AddAxiom([new Term(one, 1, 0b001), new Term(other, 1, 0b001)], 0);
        engine.Decide(one, new(1));

        Assert.Contains("is not true", FailureOf(() => engine.Learn()), StringComparison.Ordinal);
    }

    /// <summary>What the first failed assertion says.</summary>
    private static string FailureOf(Action action)
    {
        TraceListener[] before = [.. Trace.Listeners.Cast<TraceListener>()];
        Trace.Listeners.Clear();
        Trace.Listeners.Add(new Throwing());
        try
        {
            return Assert.Throws<InvalidOperationException>(action).Message;
        }
        finally
        {
            Trace.Listeners.Clear();
            Trace.Listeners.AddRange(before);
        }
    }

    private sealed class Throwing : TraceListener
    {
        public override void Write(string? message) { }

        public override void WriteLine(string? message) { }

        public override void Fail(string? message, string? detailMessage) =>
            throw new InvalidOperationException(message);
    }
}
#endif
