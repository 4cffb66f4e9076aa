//! Exact sums of doubles: their shortest decimal forms are added exactly and rounded once, so that
//! the order of the members doesn't matter and 0.1 + 0.2 is 0.3.

use std::fmt::Write;

/// Digits below the decimal point that a double's shortest form can have, and some to spare.
const BELOW: i32 = 360;
/// Decimal digits in one limb.
const LIMB_DIGITS: i32 = 9;
const LIMB: i128 = 1_000_000_000;
/// Limbs from 10^-360 up to far above the largest double times any number of members.
const LIMBS: usize = 80;

/// Whole numbers up to this add up exactly by themselves.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A sum in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct DecimalSum {
    /// Of whole numbers, as long as it is exact.
    whole: f64,
    /// Of all others: limbs of nine digits from 10^-360 upwards, signed, not yet carried.
    limbs: Vec<i128>,
    /// The sum of the members that are not finite, which decides if there are any.
    special: Option<f64>,
}

impl DecimalSum {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    #[inline]
    pub(crate) fn add(&mut self, number: f64) {
        let total = self.whole + number;
        if number.fract().abs() <= 0.0 && number.abs() < EXACT && total.abs() < EXACT {
            self.whole = total;
        } else {
            self.add_digits(number);
        }
    }

    fn add_digits(&mut self, number: f64) {
        if !number.is_finite() {
            self.special = Some(self.special.unwrap_or(0.0) + number);
            return;
        }
        self.limbs.resize(LIMBS, 0);
        let text = format!("{number:e}");
        let Some((mantissa, exponent)) = text.split_once('e') else { return };
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let (negative, mantissa) =
            mantissa.strip_prefix('-').map_or((false, mantissa), |m| (true, m));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: i128 = format!("{whole}{fraction}").parse().unwrap_or(0);
        let places = i32::try_from(fraction.len()).unwrap_or(0);
        // The number is `digits` times ten to this power, counted from 10^-360.
        let shift = exponent - places + BELOW;
        let (limb, within) = (shift.div_euclid(LIMB_DIGITS), shift.rem_euclid(LIMB_DIGITS));
        let scaled = digits * 10_i128.pow(within.unsigned_abs());
        let signed = if negative { -scaled } else { scaled };
        if let Some(limb) = usize::try_from(limb).ok().and_then(|limb| self.limbs.get_mut(limb)) {
            *limb += signed;
        }
    }

    pub(crate) fn finish(mut self) -> f64 {
        if let Some(special) = self.special {
            return special;
        }
        if self.limbs.is_empty() {
            return self.whole;
        }
        self.add_digits(self.whole);
        let mut carry = 0;
        for limb in &mut self.limbs {
            let total = *limb + carry;
            *limb = total.rem_euclid(LIMB);
            carry = total.div_euclid(LIMB);
        }
        let negative = carry < 0;
        if negative {
            // Ten's complement: take the magnitude.
            let mut borrow = 1;
            for limb in &mut self.limbs {
                let total = LIMB - 1 - *limb + borrow;
                *limb = total % LIMB;
                borrow = total / LIMB;
            }
        }
        let is_some = |limb: &i128| *limb != 0;
        let ends = self.limbs.iter().position(is_some).zip(self.limbs.iter().rposition(is_some));
        let Some((low, high)) = ends else { return 0.0 };
        let mut text = String::new();
        for limb in self.limbs.get(low..=high).unwrap_or_default().iter().rev() {
            // Writing to a text doesn't fail.
            _ = write!(text, "{limb:09}");
        }
        let exponent = i32::try_from(low).unwrap_or(0) * LIMB_DIGITS - BELOW;
        _ = write!(text, "e{exponent}");
        let magnitude: f64 = text.parse().unwrap_or(f64::NAN);
        if negative { -magnitude } else { magnitude }
    }
}
